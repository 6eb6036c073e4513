#include "app/page_run.h"

#include <sodium.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/ascii.h"
#include "disclosure/inject.h"
#include "jobs/report_files.h"
#include "link/url.h"
#include "pages/findings_json.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class StatelessWorker final : public PageWorker {
 public:
  explicit StatelessWorker(disclosure::Policy policy) : policy_(std::move(policy)) {}

  PageResult inject(const std::string& bytes, const std::string& /*path*/) override {
    auto result = disclosure::inject(bytes, policy_);
    PageResult out;
    out.page = std::move(result.page);
    out.outcome = disclosure::name_of(result.outcome);
    out.why_passed_through = result.why_passed_through;
    out.verdict = disclosure::name_of(result.after.verdict);
    out.audit = std::make_unique<json>(pages::audit_json(result.after));
    return out;
  }
  PageResult audit(const std::string& bytes, const std::string& /*path*/) override {
    const auto report = disclosure::audit(bytes, policy_);
    PageResult out;
    out.verdict = disclosure::name_of(report.verdict);
    out.audit = std::make_unique<json>(pages::audit_json(report));
    return out;
  }

 private:
  disclosure::Policy policy_;
};

std::string decode_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0)
    throw std::runtime_error("the API's page is not base64");
  bytes.resize(length);
  return bytes;
}

class SiteWorker final : public PageWorker {
 public:
  SiteWorker(const Config& config, Storing storing) : client_(config), storing_(storing) {}

  PageResult inject(const std::string& bytes, const std::string& path) override {
    const std::string target = "/api/v1/inject?path=" + percent_encode(path) +
                               (storing_ == Storing::No ? "&preview=1" : "");
    const json body = json::parse(client_.call("POST", target, bytes).body);
    PageResult out;
    out.page = body.contains("page") ? body.at("page").get<std::string>()
                                     : decode_base64(body.at("page_base64").get<std::string>());
    out.outcome = body.value("outcome", "");
    out.why_passed_through = body.value("why_passed_through", "");
    out.verdict = body.at("after").value("verdict", "");
    out.audit = std::make_unique<json>(body.at("after"));
    return out;
  }
  PageResult audit(const std::string& bytes, const std::string& path) override {
    PageResult out;
    out.audit = std::make_unique<json>(json::parse(
        client_.call("POST", "/api/v1/audit?path=" + percent_encode(path), bytes).body));
    out.verdict = out.audit->value("verdict", "");
    return out;
  }

 private:
  ApiClient client_;
  Storing storing_;
};

/// Of new files: pages are for a web server to read.
constexpr auto kPageMode = static_cast<fs::perms>(0644);

bool is_page(const fs::path& file) {
  const std::string extension = ascii::to_lower(file.extension().string());
  return extension == ".html" || extension == ".htm" || extension == ".xhtml";
}

}  // namespace

std::unique_ptr<PageWorker> make_stateless_worker(disclosure::Policy policy) {
  return std::make_unique<StatelessWorker>(std::move(policy));
}

std::unique_ptr<PageWorker> make_site_worker(const Config& config, Storing storing) {
  return std::make_unique<SiteWorker>(config, storing);
}

std::vector<PageFile> find_pages(const fs::path& target, const fs::path& except) {
  if (fs::is_regular_file(target)) return {{target, target.filename().string()}};
  if (!fs::is_directory(target))
    throw std::runtime_error(
        target.string() +
        ": no such file or folder; give a page, a folder of pages, or - for stdin");
  const fs::path root = fs::canonical(target);
  const fs::path left_out = except.empty() ? fs::path{} : fs::weakly_canonical(except);
  std::vector<PageFile> pages;
  for (auto at = fs::recursive_directory_iterator(target); at != fs::recursive_directory_iterator();
       ++at) {
    const auto& entry = *at;
    if (!left_out.empty() && entry.is_directory() && fs::weakly_canonical(entry.path()) == left_out)
      at.disable_recursion_pending();
    if (!entry.is_regular_file() || !is_page(entry.path())) continue;
    const bool leads_out =
        entry.is_symlink() && *fs::canonical(entry.path()).lexically_relative(root).begin() == "..";
    pages.push_back(
        {entry.path(), entry.path().lexically_relative(target).generic_string(), leads_out});
  }
  std::ranges::sort(pages, {}, &PageFile::relative);
  return pages;
}

void replace_file(const fs::path& file, std::string_view bytes) {
  fs::create_directories(fs::absolute(file).parent_path());
  if (!fs::exists(file)) return jobs::write_file_atomically(file, bytes, kPageMode);
  const fs::path real = fs::canonical(file);
  jobs::write_file_atomically(real, bytes, fs::status(real).permissions());
}

}  // namespace candor::app
