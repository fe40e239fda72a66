import BenchModel
import Testing

@testable import BenchReports

struct `A drawn chart` {
  private static func chart(
    _ values: [[Double?]], unit: String = "", title: String = "open failures"
  ) -> Chart {
    Chart(
      title, unit: unit,
      times: (0..<(values.map(\.count).max() ?? 0)).map { Sample.day(Int64($0)) },
      series: values.enumerated().map { Chart.Series("series \($0)", .plain, $1) })
  }

  private static func tokens(_ chart: Chart) throws -> HTMLTokens {
    try HTMLTokens(ChartSVG(chart).figure(number: 7))
  }

  /// The numbers of all coordinates; nil if one is none.
  private static func coordinates(_ tokens: HTMLTokens) -> [Double]? {
    var numbers: [Double] = []
    for element in tokens.elements {
      let texts =
        element.name == "path"
        ? (element.attributes["d"] ?? "").split { "MLHV ".contains($0) }.map(String.init)
        : ["x", "y", "cx", "cy"].compactMap { element.attributes[$0] }
      for text in texts {
        guard let number = Double(text) else { return nil }
        numbers.append(number)
      }
    }
    return numbers
  }

  @Test func `has a title, a description and words at its axes`() throws {
    let tokens = try Self.tokens(Self.chart([[1, 2, 8], [0, nil, 3]]))
    #expect(tokens.strangers.isEmpty)
    let svg = try #require(tokens.all("svg").first)
    #expect(svg.attributes["role"] == "img")
    #expect(svg.attributes["aria-labelledby"] == "t7 d7")
    #expect(tokens.all("figcaption").map { $0.attributes["id"] } == ["t7"])
    #expect(tokens.all("figcaption").map(\.text) == ["open failures"])
    #expect(tokens.all("figcaption").map(\.text) == ["open failures"])
    #expect(tokens.all("desc").map { $0.attributes["id"] } == ["d7"])
    #expect(tokens.all("desc").map(\.text) == ["series 0: from 1 to 8; series 1: from 0 to 3"])
    #expect(
      tokens.all("text").map(\.text) == [
        "0", "2", "4", "6", "8", "2026-01-01", "2026-01-02", "2026-01-03",
      ])
    // A legend, with the last values.
    let html = ChartSVG(Self.chart([[1, 2, 8], [0, nil, 3]])).figure(number: 7)
    #expect(tokens.all("li").count == 2)
    #expect(html.contains("</svg> series 0: 8</li>\n"))
    #expect(html.contains("</svg> series 1: 3</li>\n"))
  }

  @Test func `has one line without a legend, and its unit`() throws {
    let tokens = try Self.tokens(Self.chart([[10, 50]], unit: "%", title: "compliance"))
    #expect(tokens.all("li").isEmpty)
    #expect(tokens.all("figcaption").map(\.text) == ["compliance, %"])
    #expect(
      tokens.all("text").map(\.text).prefix(5) == ["0", "25", "50", "75", "100"])
  }

  @Test(
    arguments: [
      [[nil, nil]], [[nil, 1, nil]], [[1]], [[]], [], [[0, 0, 0]], [[5, 5, 5]], [[1e9, 2e9]],
      [[1e14, 1]], [[0.25, 0.5]], [[-5, 5]], [[1, 2, 3], []], [[1], [1, 2, 3]],
    ] as [[[Double?]]])
  func `stays within its frame`(values: [[Double?]]) throws {
    let tokens = try Self.tokens(Self.chart(values))
    #expect(tokens.strangers.isEmpty)
    let coordinates = try #require(Self.coordinates(tokens), "a coordinate is no number")
    #expect(coordinates.allSatisfy { (0...720).contains($0) })
    #expect(tokens.all("circle").count == values.count { $0.last.flatMap { $0 } != nil })
    #expect(tokens.all("desc").count == 1)
  }

  @Test(arguments: [1e15, 1e17, 1e300, .infinity, .nan, -.infinity])
  func `has only numbers in its paths, whatever the values`(value: Double) throws {
    let tokens = try Self.tokens(Self.chart([[0, value], [value, 1]]))
    #expect(Self.coordinates(tokens) != nil)
  }

  @Test func `breaks its line where there is no value`() throws {
    let tokens = try Self.tokens(Self.chart([[1, 2, nil, 3, 4]]))
    let line = try #require(
      tokens.all("path").first { $0.attributes["class"]?.hasPrefix("line") == true })
    #expect(line.attributes["d"]?.count { $0 == "M" } == 2)
    #expect(line.attributes["d"]?.count { $0 == "L" } == 2)
    // Nothing ends where the last value is missing.
    #expect(try Self.tokens(Self.chart([[1, nil]])).all("circle").isEmpty)
  }

  @Test func `draws no more places than can be seen, and the last of them`() throws {
    let values: [Double?] = (0..<10_000).map { Double($0 % 7) }
    let tokens = try Self.tokens(Self.chart([values]))
    let line = try #require(
      tokens.all("path").first { $0.attributes["class"]?.hasPrefix("line") == true })
    let path = try #require(line.attributes["d"])
    #expect(path.count { $0 == "L" } <= 401)
    #expect(path.split(separator: "L").last?.hasPrefix("704 ") == true)
  }

  @Test func `has names as text alone`() throws {
    var chart = Self.chart([[1, 2], [3, 4]], title: "</title><script>\"'\u{1b}")
    chart.series[0].name = "<b onclick=\"x\">\u{202e}"
    let html = ChartSVG(chart).figure(number: 1)
    let tokens = try HTMLTokens(html)
    #expect(tokens.strangers.isEmpty)
    #expect(!html.unicodeScalars.contains { $0.isUnsafe && $0 != "\n" })
  }
}
