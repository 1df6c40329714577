import HTTPCodec
import Testing

@Suite struct HTTPDateTests {
  @Test(
    "Dates are those of the calendar",
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (1_709_164_799, "Wed, 28 Feb 2024 23:59:59 GMT"),
      (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
      (1_709_251_200, "Fri, 01 Mar 2024 00:00:00 GMT"),
      (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
      (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
      (Int64.max, "Fri, 31 Dec 9999 23:59:59 GMT"), (-1, "Thu, 01 Jan 1970 00:00:00 GMT"),
    ])
  func text(_ seconds: Int64, _ text: String) {
    #expect(HTTPDate.text(secondsSince1970: seconds) == text)
  }

  @Test("The days of four centuries follow each other as in an almanac")
  func everyDay() {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(separator: " ")
    let weekdays = "Thu Fri Sat Sun Mon Tue Wed".split(separator: " ")
    var day: Int64 = 0
    for year in 1970..<2_370 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for month in 0..<12 {
        for dayOfMonth in 1...(lengths[month] + (month == 1 && isLeap ? 1 : 0)) {
          let number = dayOfMonth < 10 ? "0\(dayOfMonth)" : "\(dayOfMonth)"
          let date = "\(weekdays[Int(day % 7)]), \(number) \(months[month]) \(year) 12:00:00 GMT"
          let found = HTTPDate.text(secondsSince1970: day * 86_400 + 43_200)
          guard found == date else {
            Issue.record("\(found) instead of \(date)")
            return
          }
          day += 1
        }
      }
    }
  }

  @Test("The cache follows the second")
  func cache() {
    var cache = HTTPDateCache()
    #expect(cache.text(millisecondsSince1970: 999) == "Thu, 01 Jan 1970 00:00:00 GMT")
    #expect(cache.text(millisecondsSince1970: 1_000) == "Thu, 01 Jan 1970 00:00:01 GMT")
    #expect(cache.text(millisecondsSince1970: 1_999) == "Thu, 01 Jan 1970 00:00:01 GMT")
  }
}
