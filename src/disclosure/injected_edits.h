#pragma once
// What inject did to a page, for markup that stands in another document.
#include <string_view>
#include <vector>

#include "disclosure/inject.h"
#include "disclosure/wording/policy.h"
#include "html/edit.h"

namespace candor::disclosure {

struct InjectedEdits {
  InjectResult result;
  std::vector<html::Edit> edits;  ///< of the input, sorted; they make it `result.page`
};
InjectedEdits inject_with_edits(std::string_view page, const Policy& policy);

}  // namespace candor::disclosure
