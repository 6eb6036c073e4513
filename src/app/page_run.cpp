#include "app/page_run.h"

#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "disclosure/inject.h"
#include "disclosure/page/page_facts.h"
#include "disclosure/page/style_sources.h"
#include "link/url.h"
#include "pages/findings_json.h"
#include "pages/page_processor.h"

namespace candor::app {
namespace {

using nlohmann::json;

PageResult injected(disclosure::InjectResult result) {
  PageResult out;
  out.page = std::move(result.page);
  out.outcome = disclosure::name_of(result.outcome);
  out.why_passed_through = std::move(result.why_passed_through);
  out.verdict = disclosure::name_of(result.after.verdict);
  out.audit = std::make_unique<json>(pages::audit_json(result.after));
  out.notes = std::move(result.notes);
  return out;
}

PageResult audited(const disclosure::AuditReport& report) {
  PageResult out;
  out.verdict = disclosure::name_of(report.verdict);
  out.audit = std::make_unique<json>(pages::audit_json(report));
  return out;
}

class StatelessWorker final : public PageWorker {
 public:
  explicit StatelessWorker(disclosure::Policy policy) : policy_(std::move(policy)) {}

  PageResult inject(const PageSource& source) override {
    return injected(disclosure::inject(source.bytes, policy_for(source)));
  }
  PageResult audit(const PageSource& source) override {
    return audited(disclosure::audit(source.bytes, policy_for(source)));
  }

 private:
  disclosure::Policy policy_for(const PageSource& source) const {
    disclosure::Policy policy = policy_;
    policy.article_path = source.path;
    policy.stylesheet = source.site_file;
    policy.variant = source.site_file;
    return policy;
  }

  disclosure::Policy policy_;
};

/// A site that this process has opened itself.
class OpenSiteWorker final : public PageWorker {
 public:
  OpenSiteWorker(std::unique_ptr<ApiClient> client, pages::PageProcessor& pages, Storing storing,
                 PageWishes wishes)
      : client_(std::move(client)), pages_(pages), storing_(storing), wishes_(std::move(wishes)) {}

  PageResult inject(const PageSource& source) override {
    return injected(storing_ == Storing::Yes ? pages_.inject(source.bytes, ask_for(source))
                                             : pages_.preview(source.bytes, ask_for(source)));
  }
  PageResult audit(const PageSource& source) override {
    return audited(pages_.audit(source.bytes, ask_for(source)));
  }

 private:
  pages::PageAsk ask_for(const PageSource& source) const {
    return {.path = source.path,
            .jurisdictions = wishes_.jurisdictions,
            .language = wishes_.language,
            .stylesheet = source.site_file,
            .variant = source.site_file,
            .replace_legacy = wishes_.replace_legacy,
            .record = storing_ == Storing::Yes};
  }

  std::unique_ptr<ApiClient> client_;
  pages::PageProcessor& pages_;
  Storing storing_;
  PageWishes wishes_;
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

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.find('\0'));
  return text;
}

/// A site that a daemon has open.
class DaemonWorker final : public PageWorker {
 public:
  DaemonWorker(std::unique_ptr<ApiClient> client, std::vector<std::string> site_hosts,
               Storing storing, const PageWishes& wishes)
      : client_(std::move(client)) {
    looking_.site_hosts = std::move(site_hosts);
    if (storing == Storing::No) parameters_ += "&preview=1";
    if (wishes.replace_legacy) parameters_ += "&replace_legacy=1";
    if (!wishes.language.empty()) parameters_ += "&language=" + percent_encode(wishes.language);
    std::string jurisdictions;
    for (const std::string& each : wishes.jurisdictions)
      jurisdictions.append(jurisdictions.empty() ? "" : ",").append(each);
    if (!jurisdictions.empty()) parameters_ += "&jurisdiction=" + jurisdictions;
  }

  PageResult inject(const PageSource& source) override {
    // The API takes no larger ones; nothing of the site is needed to say so.
    if (source.bytes.size() > disclosure::kPageLimit)
      return injected(disclosure::inject(source.bytes, looking_));
    const json body = post("inject", source);
    PageResult out;
    out.page = body.contains("page") ? body.at("page").get<std::string>()
                                     : decode_base64(body.at("page_base64").get<std::string>());
    out.outcome = body.value("outcome", "");
    out.why_passed_through = body.value("why_passed_through", "");
    out.verdict = body.at("after").value("verdict", "");
    out.audit = std::make_unique<json>(body.at("after"));
    if (body.contains("notes")) out.notes = body.at("notes").get<std::vector<std::string>>();
    return out;
  }
  PageResult audit(const PageSource& source) override {
    if (source.bytes.size() > disclosure::kPageLimit)
      return audited(disclosure::audit(source.bytes, looking_));
    PageResult out;
    out.audit = std::make_unique<json>(post("audit", source));
    out.verdict = out.audit->value("verdict", "");
    return out;
  }

 private:
  json post(std::string_view what, const PageSource& source) {
    const std::string target =
        "/api/v1/" + std::string(what) + "?path=" + percent_encode(source.path) + parameters_;
    const json files = files_of(source);
    if (files.empty())
      return json::parse(client_->call("POST", target, source.bytes, "text/html").body);
    const json body{{"page_base64", base64(source.bytes)}, {"site_files", files}};
    const std::string text = body.dump(-1, ' ', false, json::error_handler_t::replace);
    // Beyond what the API takes the page goes alone, and the audit says what it could not read.
    if (text.size() > kMostEnvelope)
      return json::parse(client_->call("POST", target, source.bytes, "text/html").body);
    return json::parse(client_->call("POST", target, text, "application/json").body);
  }

  /// What of the site an audit of the page asks for, found by making one; and the style sheets,
  /// which an audit of the page with its disclosure asks for.
  json files_of(const PageSource& source) const {
    json files = json::object();
    if (!source.site_file) return files;
    disclosure::Policy policy = looking_;
    policy.article_path = source.path;
    policy.stylesheet = policy.variant = [&](std::string_view address) {
      auto text = source.site_file(address);
      if (text) files[std::string(address)] = *text;
      return text;
    };
    const auto canonical = parse_url(disclosure::audit(source.bytes, policy).canonical_url);
    disclosure::style_addresses(source.bytes, policy);
    // An injected page is read as standing where it says.
    const bool own = canonical && std::ranges::find(policy.site_hosts, canonical->host) !=
                                      policy.site_hosts.end();
    if (own && canonical->path != source.path) {
      policy.article_path = canonical->path;
      disclosure::style_addresses(source.bytes, policy);
    }
    return files;
  }

  static constexpr std::size_t kMostEnvelope = std::size_t{15} << 20;

  std::unique_ptr<ApiClient> client_;
  disclosure::Policy looking_;
  std::string parameters_;
};

}  // namespace

std::unique_ptr<PageWorker> make_stateless_worker(disclosure::Policy policy) {
  return std::make_unique<StatelessWorker>(std::move(policy));
}

std::unique_ptr<PageWorker> make_site_worker(const Config& config, Storing storing,
                                             const PageWishes& wishes) {
  auto client = std::make_unique<ApiClient>(config);
  if (pages::PageProcessor* own = client->own_pages())
    return std::make_unique<OpenSiteWorker>(std::move(client), *own, storing, wishes);
  return std::make_unique<DaemonWorker>(std::move(client), config.site.hosts, storing, wishes);
}

}  // namespace candor::app
