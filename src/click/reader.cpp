// One RE2 set finds every mark in one pass over the user agent; which marks outweigh which is then
// decided in plain code. The marks are what makers document and what the labelled user agents of
// matomo's device detector and WhichBrowser show.
#include "click/reader.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <array>
#include <bitset>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/ascii.h"

namespace candor {
namespace {

enum Mark : std::uint8_t {
  kTelevision,
  kConsole,
  kIpad,
  kIphone,
  kWindowsPhone,
  kPhoneSystem,
  kTabletName,
  kPhoneName,
  kMobileWord,
  kAndroid,
  kFireTablet,
  kChromeOs,
  kWindows,
  kMac,
  kLinux,
  kOtherDesktop,
  kTelevisionSystem,
  kAndroidProgram,
  kMarkCount
};

constexpr std::array<std::string_view, kMarkCount> kMarks{
    // kTelevision
    R"(smart-?_?tv|hbbtv|apple ?tv|google ?tv|android ?tv|\bcrkey|\broku|bravia|\baft[a-z0-9]{1,6}\b)"
    R"(|netcast|nettv|viera|\btv\b|dtv\b|opentv|inettvbrowser|\bce-html|large screen|\bkodi|xbmc)"
    R"(|mibox|mitv|\btv box|settop|stb\b|shield android|tv_|_tv|\bstv[0-9]|hybridcast|tvbox|\bgtv)"
    R"(|-led[0-9]{2}|box[0-9 ]{0,3}[;)]|\bbox [a-z];|\b[hx]96|loview shell|\b[345678][0-9][a-z]{1,2}[0-9]{4}[a-z]? build)",
    // kConsole
    R"(playstation (?:[345]|vita 1\.00 tv)|\bps[345]\b|nintendo (?:wiiu?|switch)|\bxbox|dreamcast)",
    R"(\bipad)", R"(\biphone|\bipod)",
    R"(windows phone|windows mobile|iemobile|zunewp7|windows ce|\bwp7|wpdesktop)",
    // kPhoneSystem
    R"(symbian|series ?[46]0|\bs60|blackberry|\bbb10|\bkaios|meego|\bbada|\bbrew|maemo|palmos|palmsource)"
    R"(|\bwebos/|hpwos|\bmidp|\bcldc|\bj2me|opera mini|\bwap\b|\bup\.browser|up\.link|netfront|obigo)"
    R"(|\bmaui|teleca|polaris|docomo|\bfoma|softbank|kddi|ucweb|sailfish|\bmre\b|nucleus|mocordroid)",
    // kTabletName
    R"(\btablet(?:[^ ]|;| (?:[^p]|$)|$)|playbook|\bnexus (?:7|9|10)\b|\bgt-p[0-9]{3}|\bsm-[tpx][0-9]{3})"
    R"(|\bsgh-i467|xoom|transformer|\bkindle|touchpad|\bme[0-9]{3}[a-z]|\btab[ _-]?[0-9a-z]|\bpad[ _-]?[0-9])"
    R"(|mediapad|\bgalaxy ?tab|lenovo (?:tb|yt)-?|\btb-?[a-z0-9]{4}|ideatab|iconia|\bmid[0-9]{3,4}|pocketbook)"
    R"(|nook|bntv|\bpixel c\b|slate|(?:mi|xiaomi|red|redmi|real|realme|honor|oppo|vivo|one|no|ma|magic|mate|media|think|touch)[ _]?pad)"
    R"(|archos (?:[789][0-9]|1[0-9]{2})\b|-tab\b|\btab\b|htc_pg09410)",
    // kPhoneName
    R"(nokia|sonyericsson|\bmot-|\blge?[-_/]|alcatel|samsung-|\bsie-|\bsec-|\bsgh|\bsph|\bsch-|sagem|philips)"
    R"(|\bhtc[ _-]|phone|\bzte|huawei|benq|pantech|vodafone|motorola|cellphone)",
    // kMobileWord
    R"(mobile\b|\bmobi\b|opera mobi|mobilephone|fennec)", R"(andr[o0]id|\badr [0-9])",
    // kFireTablet
    R"(\bsilk/|\bkf[a-z]{2,6}\b|kindle fire)", R"(\bcros\b|chromebook)",
    R"(windows|\bwin(?:nt|32|64|16|9[58x]|me|xp)\b|win 9x)",
    R"(macintosh|mac os x|mac_powerpc|mac_68|macos|darwin)",
    R"(linux|\bx11|ubuntu|fedora|debian|\bgnu\b)",
    // kOtherDesktop
    R"(freebsd|openbsd|netbsd|dragonfly|sunos|solaris|\birix|hp-ux|\baix\b|os/2|beos|haiku|amiga|risc ?os|morphos|aros)",
    // kTelevisionSystem
    R"(tizen|web0s|\bwebos[;. ]|palmos|\bvidaa|whale|roku|orbis|linux/smarttv)",
    // kAndroidProgram: what apps send where browsers are meant to say "Mobile"
    R"(^dalvik/|^opera/9.*opera mini|puffin/[0-9.]+ap\b)"};

using Marks = std::bitset<kMarkCount>;

class MarkSet {
 public:
  MarkSet() : set_(options(), RE2::UNANCHORED) {
    for (const std::string_view pattern : kMarks)
      if (set_.Add({pattern.data(), pattern.size()}, nullptr) < 0)
        throw std::logic_error("a mark of readers is no expression: " + std::string(pattern));
    if (!set_.Compile()) throw std::logic_error("the marks of readers need too much memory");
  }

  Marks find(std::string_view text) const {
    std::vector<int> found;
    Marks marks;
    if (set_.Match({text.data(), text.size()}, &found))
      for (const int mark : found) marks.set(static_cast<std::size_t>(mark));
    return marks;
  }

 private:
  static RE2::Options options() {
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_encoding(RE2::Options::EncodingLatin1);  // user agents are bytes
    options.set_max_mem(std::int64_t{16} << 20);
    options.set_log_errors(false);
    return options;
  }

  RE2::Set set_;
};

Os system_of(const Marks& marks) {
  if (marks[kWindowsPhone]) return Os::Other;
  if (marks[kIpad] || marks[kIphone]) return Os::Ios;
  if (marks[kAndroid] || marks[kFireTablet]) return Os::Android;
  if (marks[kTelevisionSystem] || marks[kPhoneSystem] || marks[kConsole]) return Os::Other;
  if (marks[kChromeOs]) return Os::ChromeOs;
  if (marks[kWindows]) return Os::Windows;
  if (marks[kMac]) return Os::MacOs;
  if (marks[kOtherDesktop]) return Os::Other;
  if (marks[kLinux]) return Os::Linux;
  return Os::Unknown;
}

Device device_of(const Marks& marks, Os os) {
  if (marks[kIpad]) return Device::Tablet;
  if (marks[kIphone] || marks[kWindowsPhone]) return Device::Mobile;
  if (marks[kTelevision] || marks[kConsole]) return Device::Tv;
  if (marks[kTabletName] && os != Os::Windows) return Device::Tablet;
  if (marks[kFireTablet]) return Device::Tablet;
  // Android's browsers say "Mobile" on phones only.
  if (os == Os::Android)
    return marks[kMobileWord] || marks[kAndroidProgram] ? Device::Mobile : Device::Tablet;
  if (marks[kPhoneSystem] || marks[kMobileWord]) return Device::Mobile;
  if (marks[kTelevisionSystem]) return Device::Tv;
  if (os == Os::Windows || os == Os::MacOs || os == Os::Linux || os == Os::ChromeOs ||
      marks[kOtherDesktop])
    return Device::Desktop;
  return marks[kPhoneName] ? Device::Mobile : Device::Unknown;
}

Os platform_named(std::string_view name) {
  if (name == "Windows") return Os::Windows;
  if (name == "macOS" || name == "Mac OS X") return Os::MacOs;
  if (name == "Linux") return Os::Linux;
  if (name == "Chrome OS" || name == "Chromium OS") return Os::ChromeOs;
  if (name == "Android") return Os::Android;
  if (name == "iOS") return Os::Ios;
  return Os::Unknown;
}

}  // namespace

ReaderClass read_reader(std::string_view user_agent) {
  static const MarkSet kSet;
  const Marks marks = kSet.find(user_agent);
  const Os os = system_of(marks);
  return {.device = device_of(marks, os), .os = os};
}

ReaderClass apply_hints(ReaderClass reader, std::string_view mobile, std::string_view platform) {
  if (platform.size() > 2 && platform.front() == '"' && platform.back() == '"')
    if (const Os os = platform_named(platform.substr(1, platform.size() - 2)); os != Os::Unknown)
      reader.os = os;
  if (mobile == "?1") {
    reader.device = Device::Mobile;
  } else if (mobile == "?0" && reader.device != Device::Tv) {
    const bool in_hand = reader.os == Os::Android || reader.os == Os::Ios;
    reader.device = in_hand ? Device::Tablet : Device::Desktop;
  }
  return reader;
}

std::string read_language(std::string_view accept_language) {
  const std::string_view text = ascii::trim(accept_language);
  std::string language;
  for (const char c : text) {
    if (!ascii::is_alpha(c)) break;
    if (language.size() == 3) return {};
    language += ascii::lower(c);
  }
  const std::string_view rest = text.substr(language.size());
  const bool ends = rest.empty() || std::string_view("-,;_ ").find(rest.front()) != rest.npos;
  return ends && language.size() >= 2 ? language : std::string{};
}

}  // namespace candor
