#pragma once
// Programs that fetch a link because somebody shared it, to show its title and picture. They are
// bots that a person stands behind; who wants to know what was shared counts them apart. All are
// RE2 expressions, matched without regard to case; the first that matches names the fetcher.
// Sources: the makers' pages on their fetchers, which the list of known crawlers links to, and for
// iMessage the user agent that Apple composes of others' names.
#include <array>
#include <string_view>

namespace candor {

struct PreviewRule {
  std::string_view name;
  std::string_view pattern;
};

inline constexpr std::array kPreviewRules{
    PreviewRule{"imessage", R"(facebookexternalhit/[0-9.]+ facebot twitterbot/)"},
    PreviewRule{"facebook", R"(facebookexternalhit|facebot|facebookplatform)"},
    PreviewRule{"telegram", R"(telegrambot)"},  // "(like TwitterBot)"
    PreviewRule{"x", R"(twitterbot)"},
    PreviewRule{"slack", R"(slackbot|slack-imgproxy)"},
    PreviewRule{"whatsapp", R"(^whatsapp/)"},
    PreviewRule{"discord", R"(discordbot)"},
    PreviewRule{"linkedin", R"(linkedinbot)"},
    PreviewRule{"skype", R"(skypeuripreview)"},
    PreviewRule{"google-messages", R"(googlemessages)"},
    PreviewRule{"viber", R"(^viber/|viberurldownloader)"},
    PreviewRule{"line", R"(line-poker|linespider)"},
    PreviewRule{"kakaotalk", R"(kakaotalk-scrap)"},
    PreviewRule{"snapchat", R"(snap url preview)"},
    PreviewRule{"pinterest", R"(pinterest(?:bot)?/[0-9.]+)"},
    PreviewRule{"reddit", R"(redditbot)"},
    PreviewRule{"mastodon", R"(mastodon/[0-9])"},
    PreviewRule{"bluesky", R"(bluesky cardyb)"},
    PreviewRule{"matrix", R"(^synapse )"},
    PreviewRule{"rocket-chat", R"(rocket\.chat)"},
    PreviewRule{"vk", R"(vkshare)"},
    PreviewRule{"embedly", R"(embedly)"},
    PreviewRule{"iframely", R"(iframely)"},
};

}  // namespace candor
