#include "disclosure/page/page_language.h"

#include "disclosure/wording/disclosure_templates.h"
#include "disclosure/wording/language.h"

namespace candor::disclosure {

std::string language_of_text(const PageFacts& facts) {
  constexpr std::size_t kSample = 3000;
  std::string sample;
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < facts.outline.blocks.size() && sample.size() < kSample; ++i) {
    const TextBlock& block = facts.outline.blocks[i];
    while (next < facts.candidates.size() && facts.candidates[next].block < i) ++next;
    if (next < facts.candidates.size() && facts.candidates[next].block == i) continue;
    if (block.hidden || block.inert || facts.outline.zone_of(block.element) != Zone::Content)
      continue;
    if (block.link_bytes * 2 > block.text.size()) continue;
    // A title may begin with an ad word for readers of another country.
    if (block.element != kNoElement && facts.outline.elements[block.element].tag == Tag::H1)
      continue;
    sample += block.text;
    sample += ". ";
  }
  const DetectedLanguage text = detect_language(sample);
  if (!text.agreed().empty()) return text.agreed();
  const std::string said = primary_language(facts.outline.language);
  return said == text.articles || said == text.verbs ? said : std::string();
}

std::string language_for_texts(const PageFacts& facts) {
  const std::string& said = facts.outline.language;
  const std::string text = language_of_text(facts);
  return text.empty() || text == primary_language(said) || !knows_language(text) ? said : text;
}

}  // namespace candor::disclosure
