#pragma once
// inject and audit of single pages, as commands see them: with a site (links through /go/, articles
// recorded) or without.
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/api_client.h"
#include "disclosure/wording/policy.h"

namespace candor::app {

/// One page after work on it: the API's answer (schema candor.inject/1 or candor.audit/1 members).
struct PageResult {
  std::string file;     ///< as named by the user; "-" for stdin
  std::string page;     ///< inject only: the bytes to write
  std::string outcome;  ///< "changed", "unchanged", "passed-through"; empty for an audit
  std::string why_passed_through;
  std::string verdict;                    ///< of the page as it goes out
  std::unique_ptr<nlohmann::json> audit;  ///< findings of the page as it goes out
  std::vector<std::string> notes{};       ///< inject only: what the owner should decide or know
};

struct PageSource {
  const std::string& bytes;
  std::string path{};  ///< the page's URL path; empty: not known
  /// Gives the text of a style sheet or another page of the site, by its URL, or its path while the
  /// page's host is not known.
  std::function<std::optional<std::string>(std::string_view address)> site_file{};
};

/// Safe to call from several threads at once.
class PageWorker {
 public:
  virtual ~PageWorker() = default;
  virtual PageResult inject(const PageSource& source) = 0;
  virtual PageResult audit(const PageSource& source) = 0;
};

/// No configuration: disclosure, labels and rel; hrefs stay.
std::unique_ptr<PageWorker> make_stateless_worker(disclosure::Policy policy);

/// What a run may leave behind in the site: adopted links and recorded articles, or nothing.
enum class Storing : std::uint8_t { Yes, No };

/// What the command line says instead of the site's configuration; empty: the configuration holds.
struct PageWishes {
  std::vector<std::string> jurisdictions{};
  std::string language{};
  bool replace_legacy = false;  ///< old disclosures of the owner's give way to ours
};

/// Through the site's API.
std::unique_ptr<PageWorker> make_site_worker(const Config& config, Storing storing,
                                             const PageWishes& wishes = {});

}  // namespace candor::app
