#include "disclosure/injection/notice_markup.h"

#include "html/character_reference.h"

namespace candor::disclosure {

std::string title_label_markup(std::string_view text) {
  return "<span data-candor=\"label\">" + html::escape_ascii(text) + "</span>";
}

std::string stylesheet_markup(std::string_view url) {
  return "<link data-candor=\"style\" rel=\"stylesheet\" href=\"" + html::escape_ascii(url) + "\">";
}

std::string block_markup(std::string_view mark, std::string_view locale,
                         const std::vector<Paragraph>& paragraphs) {
  std::string markup = "<div data-candor=\"" + std::string(mark) + "\" role=\"note\"" +
                       (locale.empty() ? "" : " lang=\"" + std::string(locale) + "\"") + ">";
  for (const Paragraph& each : paragraphs)
    markup += (each.language.empty() ? "<p>" : "<p lang=\"" + each.language + "\">") +
              html::escape_ascii(each.text) + "</p>";
  return markup + "</div>";
}

std::string label_markup(const std::vector<std::string>& labels, LabelSide side) {
  std::string text;
  for (const std::string& label : labels) {
    const std::string escaped = html::escape_ascii(label);
    text += side == LabelSide::Begin ? escaped + ' ' : ' ' + escaped;
  }
  return "<span data-candor=\"label\">" + text + "</span>";
}

}  // namespace candor::disclosure
