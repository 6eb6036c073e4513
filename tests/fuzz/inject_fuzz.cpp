// Disclosing a page twice is disclosing it once, and no byte changes but our own elements and the
// href and rel of links.
#include "disclosure/inject.h"

#include <string>
#include <vector>

#include "base/ascii.h"
#include "disclosure/page/own_markup.h"
#include "fuzz/fuzz_target.h"
#include "fuzz/owner_policy.h"
#include "html/tokenizer.h"

namespace candor::fuzz {
namespace {

bool is_ours_to_set(std::string_view attribute_name) {
  return ascii::equals_ignoring_case(attribute_name, "href") ||
         ascii::equals_ignoring_case(attribute_name, "rel") ||
         ascii::equals_ignoring_case(attribute_name, disclosure::kRelMark);
}

/// Of a link's tag, name and value of what inject must leave alone.
std::vector<std::string_view> kept_attributes(const html::Page& page, const html::Token& link) {
  std::vector<std::string_view> kept;
  for (const html::Attribute& each : page.attributes_of(link)) {
    if (is_ours_to_set(each.name.of(page.bytes))) continue;
    kept.push_back(each.name.of(page.bytes));
    kept.push_back(each.value.of(page.bytes));
  }
  return kept;
}

bool is_kept(const html::Page& before, const html::Token& was, const html::Page& after,
             const html::Token& is) {
  if (was.kind != is.kind) return false;
  if (was.range.of(before.bytes) == is.range.of(after.bytes)) return true;
  const bool link =
      was.kind == html::TokenKind::StartTag && (before.is(was, "a") || before.is(was, "area"));
  return link && before.name_of(was) == after.name_of(is) &&
         kept_attributes(before, was) == kept_attributes(after, is);
}

/// Both without our own elements.
bool only_links_differ(std::string_view input, std::string_view output) {
  const html::Page before = html::tokenize(input);
  const html::Page after = html::tokenize(output);
  if (before.tokens.size() != after.tokens.size()) return false;
  for (std::size_t i = 0; i < before.tokens.size(); ++i)
    if (!is_kept(before, before.tokens[i], after, after.tokens[i])) return false;
  return true;
}

std::string without_ours(std::string_view page) {
  return disclosure::without(page, disclosure::own_markup_in(html::tokenize(page)));
}

}  // namespace

void try_input(std::string_view bytes) {
  for (const disclosure::Policy& policy : owner_policies()) {
    const disclosure::InjectResult once = disclosure::inject(bytes, policy);
    if (once.outcome != disclosure::InjectOutcome::Changed)
      must_hold(once.page == bytes, "what was not changed is the input");
    else
      must_hold(only_links_differ(without_ours(bytes), without_ours(once.page)),
                "bytes outside of the edits stay");
    const disclosure::InjectResult twice = disclosure::inject(once.page, policy);
    must_hold(twice.page == once.page, "twice is once");
    must_hold(twice.outcome != disclosure::InjectOutcome::Changed,
              "a second run has nothing to change");
  }
}

}  // namespace candor::fuzz
