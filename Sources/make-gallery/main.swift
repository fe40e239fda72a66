import BenchReports

// Prints the page that shows each component of the report, for whoever changes one.
do {
  print(try Page().render(Gallery.document, version: "gallery"))
} catch {
  print("the page's template is no valid Mustache: templates/page.mustache")
}
