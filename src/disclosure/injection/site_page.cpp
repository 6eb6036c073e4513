#include "disclosure/injection/site_page.h"

#include <set>

#include "html/character_reference.h"
#include "networks/link_pattern.h"

namespace candor::disclosure {
namespace {

std::string paragraph(std::string_view text, std::string_view language = {}) {
  const std::string lang = language.empty() ? "" : " lang=\"" + std::string(language) + "\"";
  return "<p" + lang + ">" + html::escape_ascii(text) + "</p>\n";
}

}  // namespace

SitePage site_page(const Policy& policy, const std::vector<PaidTarget>& targets) {
  const PageTexts texts = texts_for(policy, "");
  const Template& base = *find_template(texts.locale);
  SitePage page;
  page.title = base.page_title;
  page.language = texts.locale;
  page.html = "<section lang=\"" + page.language + "\">\n<h1>" + html::escape_ascii(page.title) +
              "</h1>\n" + paragraph(texts.footer);
  if (policy.choices.same_price) page.html += paragraph(base.same_price);
  std::set<std::string> names;
  for (const PaidTarget& each : targets)
    if (!each.network.empty()) names.emplace(networks::display_name(each.network));
  if (!names.empty()) {
    page.html += paragraph(with_site(base.page_programmes, policy, base.locale)) + "<ul>\n";
    for (const std::string& name : names)
      page.html += "<li>" + html::escape_ascii(name) + "</li>\n";
    page.html += "</ul>\n";
  }
  for (const Paragraph& each : required_paragraphs(targets, policy, texts.locale, page.notes))
    page.html += paragraph(each.text, each.language);
  page.html += "</section>\n";
  return page;
}

std::string as_document(const SitePage& page) {
  return "<!doctype html>\n<html lang=\"" + page.language +
         "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
         "content=\"width=device-width, initial-scale=1\">\n<title>" +
         html::escape_ascii(page.title) +
         "</title>\n<style>body{max-width:40em;margin:2em auto;padding:0 1em;"
         "font:1.1em/1.5 sans-serif;color:#1f2328;background:#fff}"
         "@media (prefers-color-scheme:dark){body{color:#e6edf3;background:#22272e}}"
         "</style>\n</head>\n<body>\n<main>\n" +
         page.html + "</main>\n</body>\n</html>\n";
}

}  // namespace candor::disclosure
