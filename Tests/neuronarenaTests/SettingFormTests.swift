import Testing

@testable import neuronarena

@Suite("Values of settings")
struct SettingFormTests {
  @Test(
    "Times have a unit",
    arguments: [
      ("250ms", 250), ("20s", 20_000), ("5min", 300_000), ("1h", 3_600_000), ("2d", 172_800_000),
      ("1 s", 1_000), ("0ms", 0),
    ])
  func times(_ text: String, _ milliseconds: Int) {
    #expect(SettingForm.duration(0...1_000_000_000).value(of: text) == .integer(milliseconds))
  }

  @Test(
    "What is no time is not taken",
    arguments: [
      "", "20", "s", "-1s", "1.5s", "1m", "99999999999999999999s", "9223372036854775807d",
    ])
  func noTimes(_ text: String) {
    #expect(SettingForm.duration(0...1_000_000_000).value(of: text) == nil)
  }

  @Test(
    "Sizes count in powers of 1,024",
    arguments: [
      ("65536", 65_536), ("64KiB", 65_536), ("1MiB", 1 << 20), ("7B", 7), ("1GiB", 1 << 30),
    ])
  func sizes(_ text: String, _ count: Int) {
    #expect(SettingForm.size(0...(1 << 40)).value(of: text) == .integer(count))
  }

  @Test("What is no size is not taken", arguments: ["64KB", "64kib", "KiB", "1.5MiB", "", "+1"])
  func noSizes(_ text: String) {
    #expect(SettingForm.size(0...(1 << 40)).value(of: text) == nil)
  }

  @Test("A value outside its range is not taken")
  func ranges() {
    #expect(SettingForm.count(2...3).value(of: "1") == nil)
    #expect(SettingForm.count(2...3).value(of: "3") == .integer(3))
    #expect(SettingForm.count(2...3).value(of: "4") == nil)
    #expect(SettingForm.duration(1_000...2_000).value(of: "999ms") == nil)
    #expect(SettingForm.number(0.5...2).value(of: "nan") == nil)
    #expect(SettingForm.number(0.5...2).value(of: "1.5") == .number(1.5))
  }

  @Test("Flags, lists and none")
  func others() {
    #expect(SettingForm.flag.value(of: "on") == .flag(true))
    #expect(SettingForm.flag.value(of: "true") == nil)
    #expect(SettingForm.list.value(of: "a, b") == .list(["a", "b"]))
    #expect(SettingForm.list.value(of: "none") == .list([]))
    #expect(SettingForm.list.value(of: "a,,b") == nil)
    #expect(SettingForm.list.value(of: "a b") == nil)
    #expect(SettingForm.optional(.count(1...9)).value(of: "none") == SettingValue.none)
    #expect(SettingForm.optional(.count(1...9)).value(of: "2") == .integer(2))
  }

  @Test(
    "Values are written as short as they are read",
    arguments: [
      (SettingForm.size(0...(1 << 40)), "64KiB"), (.size(0...100), "7B"),
      (.duration(0...1_000_000_000), "250ms"), (.duration(0...1_000_000_000), "90s"),
      (.duration(0...1_000_000_000), "2h"), (.duration(0...9), "0ms"), (.size(0...9), "0B"),
      (.optional(.size(0...9_999)), "1KiB"), (.optional(.flag), "none"), (.list, "a,b"),
      (.number(0...99), "15"), (.number(0...99), "1.5"),
    ])
  func writing(_ form: SettingForm, _ text: String) throws {
    #expect(form.text(of: try #require(form.value(of: text))) == text)
  }
}
