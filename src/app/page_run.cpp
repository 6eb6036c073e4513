#include "app/page_run.h"

#include <sodium.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "disclosure/inject.h"
#include "link/url.h"
#include "pages/findings_json.h"

namespace candor::app {
namespace {

using nlohmann::json;

class StatelessWorker final : public PageWorker {
 public:
  explicit StatelessWorker(disclosure::Policy policy) : policy_(std::move(policy)) {}

  PageResult inject(const PageSource& source) override {
    auto result = disclosure::inject(source.bytes, policy_);
    PageResult out;
    out.page = std::move(result.page);
    out.outcome = disclosure::name_of(result.outcome);
    out.why_passed_through = result.why_passed_through;
    out.verdict = disclosure::name_of(result.after.verdict);
    out.audit = std::make_unique<json>(pages::audit_json(result.after));
    return out;
  }
  PageResult audit(const PageSource& source) override {
    const auto report = disclosure::audit(source.bytes, policy_);
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
  SiteWorker(const Config& config, Storing storing, const PageWishes& wishes) : client_(config) {
    if (storing == Storing::No) parameters_ += "&preview=1";
    std::string jurisdictions;
    for (const std::string& each : wishes.jurisdictions)
      jurisdictions.append(jurisdictions.empty() ? "" : ",").append(each);
    if (!jurisdictions.empty()) parameters_ += "&jurisdiction=" + jurisdictions;
    if (!wishes.language.empty()) parameters_ += "&language=" + percent_encode(wishes.language);
  }

  PageResult inject(const PageSource& source) override {
    const json body = post("inject", source);
    PageResult out;
    out.page = body.contains("page") ? body.at("page").get<std::string>()
                                     : decode_base64(body.at("page_base64").get<std::string>());
    out.outcome = body.value("outcome", "");
    out.why_passed_through = body.value("why_passed_through", "");
    out.verdict = body.at("after").value("verdict", "");
    out.audit = std::make_unique<json>(body.at("after"));
    return out;
  }
  PageResult audit(const PageSource& source) override {
    PageResult out;
    out.audit = std::make_unique<json>(post("audit", source));
    out.verdict = out.audit->value("verdict", "");
    return out;
  }

 private:
  json post(std::string_view what, const PageSource& source) {
    const std::string target =
        "/api/v1/" + std::string(what) + "?path=" + percent_encode(source.path) + parameters_;
    return json::parse(client_.call("POST", target, source.bytes).body);
  }

  ApiClient client_;
  std::string parameters_;
};

}  // namespace

std::unique_ptr<PageWorker> make_stateless_worker(disclosure::Policy policy) {
  return std::make_unique<StatelessWorker>(std::move(policy));
}

std::unique_ptr<PageWorker> make_site_worker(const Config& config, Storing storing,
                                             const PageWishes& wishes) {
  return std::make_unique<SiteWorker>(config, storing, wishes);
}

}  // namespace candor::app
