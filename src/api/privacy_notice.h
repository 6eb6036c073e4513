#pragma once
// The paragraph of a privacy notice that this configuration makes true: what is kept of readers,
// how long, and what goes to networks. Facts for the owner to use; no legal advice.
#include <string>
#include <string_view>
#include <vector>

#include "click/privacy.h"

namespace candor::api {

struct PrivacyFacts {
  std::string site;  ///< name
  PrivacySwitches switches;
  bool impressions = false;
  std::vector<std::string> token_networks;  ///< get the click's token, by name
  std::vector<std::string>
      direct_networks;  ///< their links are followed without a redirect of ours
};

enum class NoticeLanguage : unsigned char { English, German };

/// Sentences, a paragraph each.
std::vector<std::string> privacy_notice(const PrivacyFacts& facts, NoticeLanguage language);

}  // namespace candor::api
