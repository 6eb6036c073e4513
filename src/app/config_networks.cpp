#include "app/config_networks.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "app/config_section.h"
#include "base/ascii.h"
#include "jobs/pull.h"
#include "link/url.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

/// `key`, or what `key`_file or `key`_env leads to; empty when none of them is there.
std::string read_secret(const fs::path& file, Section& section, const std::string& key) {
  const std::string file_key = key + "_file";
  const std::string variable_key = key + "_env";
  std::string secret = section.text(key.c_str(), "");
  const std::string named = section.text(file_key.c_str(), "");
  const std::string variable = section.text(variable_key.c_str(), "");
  if (!named.empty()) {
    const fs::path path = named.starts_with('/') ? fs::path(named) : file.parent_path() / named;
    std::ifstream in(path, std::ios::binary);
    if (!in) section.fail_key(file_key.c_str(), fmt::format("cannot read {}", path.string()));
    secret = ascii::trim(std::string{std::istreambuf_iterator<char>(in), {}});
  }
  if (!variable.empty()) {
    const char* value = std::getenv(variable.c_str());
    if (!value || !*value)
      section.fail_key(variable_key.c_str(), fmt::format("${} is not set", variable));
    secret = value;
  }
  if (secret.find_first_of("\r\n") != std::string::npos)
    section.fail_key(key.c_str(), "has more than one line");
  return secret;
}

jobs::PullAccount read_pull(const fs::path& file, const std::string& network, Section& section) {
  jobs::PullAccount pull;
  pull.network = network;
  if (!jobs::can_pull(network))
    section.fail(*section.table(), fmt::format("revenue.pull.{}: this network cannot be asked; "
                                               "those that can are awin, cj and impact",
                                               network));
  pull.account = section.text("account", "");
  if (pull.account.empty())
    section.fail_key("account", "is missing: the publisher id, or Impact's account SID");
  pull.token = read_secret(file, section, "token");
  if (pull.token.empty())
    section.fail_key("token", "is missing: say token_file, token_env or token");
  pull.url = section.text("url", "");
  if (!pull.url.empty() && !parse_url(pull.url))
    section.fail_key("url", fmt::format("\"{}\" is no URL", pull.url));
  pull.first_days = static_cast<int>(section.number("first_days", pull.first_days, 1, 3660));
  pull.overlap_days = static_cast<int>(section.number("overlap_days", pull.overlap_days, 0, 3660));
  section.refuse_unknown();
  return pull;
}

std::map<networks::ColumnRole, std::string> read_names(Section& section) {
  std::map<networks::ColumnRole, std::string> names;
  for (int i = 0; i < networks::kColumnRoleCount; ++i) {
    const auto role = static_cast<networks::ColumnRole>(i);
    const std::string key(name_of(role));
    if (std::string name = section.text(key.c_str(), ""); !name.empty())
      names[role] = std::move(name);
  }
  section.refuse_unknown();
  return names;
}

}  // namespace

void read_networks(const fs::path& file, Section& revenue, Config& config) {
  config.networks.clickbank_secret = read_secret(file, revenue, "clickbank_secret");
  Section pulls = open_section_in(file, "revenue", revenue, "pull");
  if (pulls.table())
    for (const auto& [key, node] : *pulls.table()) {
      const std::string network(key.str());
      Section section = open_section_in(file, "revenue.pull", pulls, network.c_str());
      config.networks.pulls.push_back(read_pull(file, network, section));
    }
  Section postbacks = open_section_in(file, "revenue", revenue, "postback");
  if (postbacks.table())
    for (const auto& [key, node] : *postbacks.table()) {
      const std::string network(key.str());
      Section section = open_section_in(file, "revenue.postback", postbacks, network.c_str());
      config.networks.postback_names[network] = read_names(section);
    }
}

}  // namespace candor::app
