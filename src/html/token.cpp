#include "html/token.h"

#include "base/ascii.h"

namespace candor::html {

bool Page::is(const Token& token, std::string_view lower_case_name) const {
  return ascii::equals_ignoring_case(name_of(token), lower_case_name);
}

const Attribute* Page::find_attribute(const Token& token, std::string_view lower_case_name) const {
  for (const Attribute& attribute : attributes_of(token))
    if (ascii::equals_ignoring_case(attribute.name.of(bytes), lower_case_name)) return &attribute;
  return nullptr;
}

}  // namespace candor::html
