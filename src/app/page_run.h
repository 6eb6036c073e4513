#pragma once
// inject and audit over stdin, a file or a folder: with a site (links through /go/, articles
// recorded) or without.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/api_client.h"
#include "disclosure/policy.h"

namespace candor::app {

/// One page after work on it: the API's answer (schema candor.inject/1 or candor.audit/1 members).
struct PageResult {
  std::string file;     ///< as named by the user; "-" for stdin
  std::string page;     ///< inject only: the bytes to write
  std::string outcome;  ///< "changed", "unchanged", "passed-through"; empty for an audit
  std::string why_passed_through;
  std::string verdict;                    ///< of the page as it goes out
  std::unique_ptr<nlohmann::json> audit;  ///< findings of the page as it goes out
};

class PageWorker {
 public:
  virtual ~PageWorker() = default;
  virtual PageResult inject(const std::string& bytes, const std::string& path) = 0;
  virtual PageResult audit(const std::string& bytes, const std::string& path) = 0;
};

/// No configuration: disclosure, labels and rel; hrefs stay.
std::unique_ptr<PageWorker> make_stateless_worker(disclosure::Policy policy);
/// What a run may leave behind in the site: adopted links and recorded articles, or nothing.
enum class Storing : std::uint8_t { Yes, No };
/// Through the site's API.
std::unique_ptr<PageWorker> make_site_worker(const Config& config, Storing storing);

struct PageFile {
  std::filesystem::path file;
  std::string relative;    ///< to the folder given, or the file's name
  bool leads_out = false;  ///< a symbolic link to a file outside of the folder
};
/// Pages below `except` (where the output goes) are left out.
/// The pages of a folder (*.html, *.htm), sorted; or the one file. Throws when there is no such
/// thing.
std::vector<PageFile> find_pages(const std::filesystem::path& target,
                                 const std::filesystem::path& except = {});

/// Keeps the file's permissions; written beside and renamed. A symbolic link stays one.
void replace_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace candor::app
