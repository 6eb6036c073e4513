#include "click/reader.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace candor {
namespace {

struct Case {
  std::string_view user_agent;
  Device device;
  Os os;
};

TEST(Reader, DeviceAndSystemAreReadFromUserAgents) {
  for (const auto& [user_agent, device, os] : {
           Case{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/131.0.0.0 Safari/537.36",
                Device::Desktop, Os::Windows},
           Case{"Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0; Tablet PC 2.0)",
                Device::Desktop, Os::Windows},
           Case{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
                "Gecko) Version/18.1 Safari/605.1.15",
                Device::Desktop, Os::MacOs},
           Case{"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
                Device::Desktop, Os::Linux},
           Case{"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/131.0.0.0 Safari/537.36",
                Device::Desktop, Os::ChromeOs},
           Case{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
                "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                Device::Mobile, Os::Ios},
           Case{"Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
                "Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
                Device::Tablet, Os::Ios},
           Case{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/131.0.0.0 Mobile Safari/537.36",
                Device::Mobile, Os::Android},
           Case{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/131.0.0.0 Safari/537.36",
                Device::Tablet, Os::Android},
           Case{"Mozilla/5.0 (Linux; Android 9; SM-T510) AppleWebKit/537.36 (KHTML, like Gecko) "
                "SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
                Device::Tablet, Os::Android},
           Case{"Mozilla/5.0 (Linux; Android 11; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Silk/118.3.1 like Chrome/118.0.5993.155 Safari/537.36",
                Device::Tablet, Os::Android},
           Case{"Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Version/6.0 TV Safari/537.36",
                Device::Tv, Os::Other},
           Case{"Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/87.0.4280.88 Safari/537.36",
                Device::Tv, Os::Other},
           Case{"Mozilla/5.0 (PlayStation 5 3.11) AppleWebKit/605.1.15 (KHTML, like Gecko)",
                Device::Tv, Os::Other},
           Case{"Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) "
                "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/52.0 Mobile Safari/537.36",
                Device::Mobile, Os::Other},
           Case{"Mozilla/5.0 (Mobile; Nokia 8110 4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
                Device::Mobile, Os::Other},
           Case{"Nokia6300/2.0 (05.00) Profile/MIDP-2.0 Configuration/CLDC-1.1", Device::Mobile,
                Os::Other},
           Case{"Mozilla/5.0 (X11; OpenBSD amd64; rv:128.0) Gecko/20100101 Firefox/128.0",
                Device::Desktop, Os::Other},
           Case{"curl/8.9.1", Device::Unknown, Os::Unknown},
           Case{"", Device::Unknown, Os::Unknown},
       })
    EXPECT_EQ(read_reader(user_agent), (ReaderClass{device, os}))
        << user_agent << ": " << name_of(read_reader(user_agent).device) << ", "
        << name_of(read_reader(user_agent).os);
}

TEST(Reader, AnyBytesHaveAClass) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    const ReaderClass reader = read_reader(bytes);
    RC_ASSERT(static_cast<int>(reader.device) < kDeviceCount);
    RC_ASSERT(static_cast<int>(reader.os) < kOsCount);
  }));
}

TEST(Reader, TheBrowsersHintsWin) {
  const ReaderClass frozen{Device::Desktop, Os::Linux};
  EXPECT_EQ(apply_hints(frozen, "?1", "\"Android\""), (ReaderClass{Device::Mobile, Os::Android}));
  EXPECT_EQ(apply_hints(frozen, "?0", "\"Android\""), (ReaderClass{Device::Tablet, Os::Android}));
  EXPECT_EQ(apply_hints(frozen, "?0", "\"Chrome OS\""),
            (ReaderClass{Device::Desktop, Os::ChromeOs}));
  EXPECT_EQ(apply_hints({Device::Mobile, Os::Android}, "?0", "\"Windows\""),
            (ReaderClass{Device::Desktop, Os::Windows}));
  EXPECT_EQ(apply_hints({Device::Tv, Os::Android}, "?0", "\"Android\""),
            (ReaderClass{Device::Tv, Os::Android}));
}

TEST(Reader, HintsThatSayNothingChangeNothing) {
  const ReaderClass phone{Device::Mobile, Os::Ios};
  for (const char* platform : {"", "\"\"", "\"Unknown\"", "Windows", "\"", "\"Windows"})
    for (const char* mobile : {"", "?", "?2", "1"})
      EXPECT_EQ(apply_hints(phone, mobile, platform), phone) << mobile << platform;
}

TEST(Reader, LanguageIsTheFirstOnesPrimarySubtag) {
  EXPECT_EQ(read_language("de-AT,de;q=0.9,en;q=0.8"), "de");
  EXPECT_EQ(read_language("EN"), "en");
  EXPECT_EQ(read_language(" fil;q=0.5"), "fil");
  EXPECT_EQ(read_language("pt_BR"), "pt");
  for (const char* none : {"", "*", "x-klingon", "deutsch", "d", "12", "de\x80", "de/at"})
    EXPECT_EQ(read_language(none), "") << none;
}

// Columns user_agent, label, source; the source names the class of device where it has one
// ("matomo/smartphone+whichbrowser/mobile").
std::optional<Device> labelled_device(std::string_view source) {
  for (const auto& [name, device] :
       {std::pair<std::string_view, Device>{"/smartphone", Device::Mobile},
        {"/phablet", Device::Mobile},
        {"/feature_phone", Device::Mobile},
        {"whichbrowser/mobile", Device::Mobile},
        {"/tablet", Device::Tablet},
        {"matomo/tv", Device::Tv},
        {"/television", Device::Tv},
        {"/desktop", Device::Desktop}})
    if (source.find(name) != std::string_view::npos) return device;
  return std::nullopt;
}

TEST(Reader, LabelledDevicesAreRecognised) {
  const char* named = std::getenv("CANDOR_UA");
  const std::filesystem::path file =
      named != nullptr ? named : CANDOR_SOURCE_DIR "/../shared/bots/ua_dev.tsv";
  std::ifstream in(file);
  if (!in) {
    std::cout << "[ NO DATA  ] " << file << " is missing; the project's own cases run alone\n";
    return;
  }
  int labelled = 0;
  int right = 0;
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t source = line.rfind('\t');
    const std::size_t label = line.find('\t');
    const auto device = labelled_device(line.substr(source + 1));
    if (!device || line.compare(label + 1, 5, "human") != 0) continue;
    ++labelled;
    right += read_reader(line.substr(0, label)).device == *device;
  }
  std::cout << "[ FIGURES  ] " << right << " of " << labelled << " devices as labelled\n";
  EXPECT_GE(right * 100, labelled * 88);
}

}  // namespace
}  // namespace candor
