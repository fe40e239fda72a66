import BenchReports
import Testing

struct `A printed title` {
  @Test(arguments: [
    ("Ensure that it is set", "Ensure that it is set"),
    ("Ensure that it is set (Automated)", "Ensure that it is set"),
    ("Ensure that it is set (Automated))", "Ensure that it is set"),
    ("Ensure that it is set (manual)", "Ensure that it is set"),
    ("Ensure that it is set (Scored", "Ensure that it is set"),
    ("Ensure that it is set ( Not Scored)", "Ensure that it is set"),
    ("Ensure that it is set Scored)", "Ensure that it is set"),
    ("Ensure that it is set Not Scored)", "Ensure that it is set"),
    ("Ensure that it is set (Not Applicable)", "Ensure that it is set"),
    ("Ensure that it is set (Manual) (Scored)", "Ensure that it is set"),
    ("Ensure that it is set. (", "Ensure that it is set."),
    ("1.1.34 Ensure that it is set", "Ensure that it is set"),
    ("  Ensure  that it\tis set ", "Ensure that it is set"),
    // These belong to the title.
    ("Use Azure's registry (ACR)", "Use Azure's registry (ACR)"),
    ("Encrypt disks (PD) (Manual)", "Encrypt disks (PD)"),
    ("Leave what is manual", "Leave what is manual"),
    ("(Manual)", "(Manual)"), ("1.1.1", "1.1.1"), ("", ""), (")", ""), ("(", "("),
    ("0 is no number of seconds", "0 is no number of seconds"),
  ])
  func `is shown without what is not the title`(printed: String, shown: String) {
    #expect(PrintedTitle.tidy(printed) == shown)
  }
}
