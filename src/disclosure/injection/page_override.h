#pragma once
// What a page asks for itself: <meta name="candor" content="jurisdictions=UK,DE; language=de">.
//
//   content       = setting *( ";" setting )       blanks around settings, "=" and "," are ignored
//   setting       = "off"                          no disclosure on this page; it is reported
//                 / "jurisdictions=" code *( "," code )   instead of the site's: US, UK, DE, ...;
//                                                  beside them when one of them is unknown
//                 / "language=" tag                the texts' language: en-GB, de, ...
//                 / "block=" text                  the statement of this page; {site} and {label}
#include <string>
#include <vector>

#include "disclosure/wording/policy.h"
#include "html/encoding.h"
#include "html/token.h"

namespace candor::disclosure {

struct PageOverride {
  bool present = false;
  bool off = false;
  std::vector<std::string> jurisdictions;
  /// Not all of them could be read: those that could hold beside the site's.
  bool keeps_site_jurisdictions = false;
  std::string language;
  std::string block;
  std::vector<std::string> faults;  ///< settings that were not followed, each with the reason
};

PageOverride override_in(const html::Page& page, const html::Encoding& encoding);

Policy with_override(const Policy& policy, const PageOverride& wanted,
                     std::string_view page_language);

}  // namespace candor::disclosure
