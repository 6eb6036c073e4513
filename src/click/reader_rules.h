#pragma once
// Our own rules on user agents, beside the list of known crawlers: what programs say of themselves,
// and what readers' devices and browsers are called. All are RE2 expressions, matched without
// regard to case.
#include <array>
#include <string_view>

namespace candor {

struct BotRule {
  std::string_view name;
  std::string_view pattern;
};

/// Readers' devices and programs whose names contain a word that gives programs away elsewhere
/// (CUBOT makes phones, Sogou a browser beside its crawler). They are taken out before any rule is
/// tried. So are build numbers, which are random letters.
inline constexpr std::string_view kReaderNames =
    R"(cubot|xbot_|id bot|spider 8|camscanner|http connector|)"
    R"(sogou(?:mse|mobilebrowser|androidbrowser|search android)[ /,]?|uoogou|viewsonic|)"
    R"(htc[ _]butterfly|safari/[0-9.]+ viber|mozacfetch|sprd-l008|build/[0-9a-z.-]+)";

inline constexpr std::array kBotRules{
    // Readers' browsers do not say where to complain about them.
    BotRule{"contact-address", R"(https?(?:://|%3a)|\bwww\.[a-z]|[a-z0-9]@[a-z0-9-]+\.[a-z]{2})"},
    BotRule{"declared-bot", R"(bots?(?:[^a-z]|$))"},
    BotRule{"declared-crawler", R"(crawl|spider|scrap(?:e|ing|y)|harvest|archiv)"},
    BotRule{"declared-task",
            R"((?:fetch(?:er|ing)?|scan(?:s|ner|ning)?|check(?:er|ing)?|probe|audit|feed|rss|recon)"
            R"(|seo)(?:[^a-z]|$)|rssowl|monitor|preview|validat|lookup|verif(?:y|ier|ication))"
            R"(|classif(?:y|ier)|prospect|transcod|thumbnail|thumbor|screenshot|browsershots)"
            R"(|research|tracker|uptime|pingdom|lighthouse|speed insights|synthetic|clamav)"
            R"(|webmoney advisor|agent(?: [0-9.]+\)|$))"},
    BotRule{
        "library",
        R"(python|perl(?:[^a-z]|$)|^java/|^java1|php(?:[^a-z]|$)|ruby/|\bnode(?:[^a-z]|$)|\bgo/)"
        R"(|go-http|curl|wget|winhttp|slimerjs|phantomjs|jsdom|cypress/|headless|selenium)"
        R"(|playwright|puppeteer|project_|okhttp/|httpclient|urllib)"},
    BotRule{"fetched-for-another",
            R"(googleweblight|googlemessages|[ (;]google-[a-z]|wechatdevtools|site24x7)"},
    // The engine's comment is closed in browsers; crawlers in a browser's coat write into it.
    BotRule{"engine-comment", R"(khtml, like gecko(?:;| google| [a-z]+agent))"},
    BotRule{"forged", R"(^anonymous,|firefox/[0-9.]+ time/[0-9]|cms/|^mozilla/[0-9.]+ \(iplabel)"
                      R"(|msie or firefox|^[^ ]+, mozilla/|^[a-z]+\|mozilla|burpcollaborator)"
                      R"(|^(?:get|post|head) /)"},
};

/// A reader's user agent names at least one device, system or browser. What matches none of these
/// is a program that took no trouble to look like a browser.
inline constexpr std::string_view kReaderShapes =
    // Systems count only behind "Mozilla/": libraries name them too.
    R"(^(?:user-agent: )?mozilla/.*(?:windows|linux|\bx11\b|macintosh|mac_powerpc|bsd\b|sunos)"
    R"(|win(?:16|95|98)|version/|safari/|model)|^mozilla/[1-4]\.[0-9]+ (?:\[|\())"
    // Browsers of desktops.
    R"(|\b(?:msie|internet explorer|konqueror|chrome/|firefox/|gecko/|cros|midori|omniweb)"
    R"(|netpositive|risc ?os|cyberdog|arachne|dillo|e?links[ /(]|lynx/|emacs-|w3m/|ibrowse|icab)"
    R"(|amiga|os/2|beos|haiku|opentv|abrowse)|mosaic|webexplorer|briskbard|opera|browser(?:[^s]|$))"
    // Systems of phones and tablets.
    R"(|andr[o0]id|iphone|ipad|ipod|\bios\b|\bwatchos|applecoremedia|cfnetwork/[^ ]+ darwin|symbian)"
    R"(|series ?60|\bs60|windows (?:nt|ce|phone|mobile)|\bpalm|web[o0]s|meego|tizen|\bbada|maemo)"
    R"(|\bkaios|\bepoc|brew|dalvik|stagefright)"
    // Browsers and profiles of feature phones.
    R"(|netfront|avefront|polaris|obigo|teleca|\bmaui|ucweb|\bmqq|^juc|midp|cldc|profile/|\bup/)"
    R"(|\bwap\b|docomo|foma|kddi|softbank|vodafone|mobilephone|cellphone)"
    // Makers of phones and tablets.
    R"(|nokia|samsung|sony|ericsson|^lge?[-_ /0-9a-z]|\blge?[-/ ]|mot-|motorola|blackberry)"
    R"(|rim tablet|\bbb10|playbook|\bhtc|\bsie-|alcatel|lenovo|huawei|\bzte|kindle|\bppc|archos)"
    R"(|\basus|^(?:ero|kwc|amoi|bird|pantech|j-phone|haier|philips|sch|sph|gt|sgh|sec|fly|micromax)"
    R"(|karbonn|spice|sagem|sharp|nec|panasonic|toshiba|hitachi|sanyo|casio|benq|siemens|gionee)"
    R"(|videocon|celkon|cricket|telit|bluebird|dell|acer|xiaomi|dopod|qtek|t-mobile|lct|tcl|zen)"
    R"(|mobile)[-_. /a-z0-9])"
    // Televisions and consoles.
    R"(|hbbtv|\btv\b|dtv|smarttv|nettv|appletv|google fiber|brightsign|\broku|hybridcast|kreatv)"
    R"(|dlna|\bkodi|xbmc|sonos|playstation|ps3|nintendo|dreamcast|dreampassport|\bxbox)"
    // Mail programs, in which readers click too.
    R"(|msoffice|outlook|thunderbird|api [0-9]+\. language)";

}  // namespace candor
