#include "journal/click_record.h"

#include <string_view>
#include <unordered_map>

namespace candor::journal {

Click click_of(const ClickRecord& record, const Texts& texts) {
  Click click = candor::click_of(record.click);
  if (record.reason != 0) click.reason = texts[record.reason];
  if (record.referrer != 0) click.referrer = texts[record.referrer];
  if (record.user_agent != 0) click.user_agent = texts[record.user_agent];
  if (record.language != 0) click.language = texts[record.language];
  return click;
}

Records records_of(const std::vector<Click>& clicks) {
  const auto texts = std::make_shared<Texts>(1);
  std::unordered_map<std::string_view, std::uint32_t> numbers{{"", 0}};
  const auto number_of = [&](const std::string& text) {
    const auto [at, is_new] = numbers.emplace(text, static_cast<std::uint32_t>(texts->size()));
    if (is_new) texts->push_back(text);
    return at->second;
  };
  Records records;
  records.clicks.reserve(clicks.size());
  for (const Click& click : clicks)
    records.clicks.push_back({.click = facts_of(click),
                              .reason = number_of(click.reason),
                              .referrer = number_of(click.referrer),
                              .user_agent = number_of(click.user_agent),
                              .language = number_of(click.language)});
  records.texts = texts;
  return records;
}

}  // namespace candor::journal
