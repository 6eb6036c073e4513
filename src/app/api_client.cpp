#include "app/api_client.h"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "api/router.h"
#include "app/data_directory.h"
#include "app/link_exporter.h"
#include "app/open_site.h"
#include "base/guarded.h"
#include "fetch/client.h"

namespace candor::app {
namespace {

using nlohmann::json;

[[noreturn]] void refuse(const http::Response& response) {
  const json body = json::parse(response.body, nullptr, false);
  std::string message = fmt::format("the API answered {}", response.status);
  if (body.is_object() && body.contains("detail")) {
    message = body.at("detail").get<std::string>();
    const auto field = body.find("field");
    // Some say the member themselves, as a page that shows no fields needs it.
    if (field != body.end() && field->is_string() &&
        !message.starts_with(field->get<std::string>()))
      message = fmt::format("{}: {}", field->get<std::string>(), message);
  }
  throw ApiError(response.status, message);
}

}  // namespace

struct ApiClient::Impl {
  explicit Impl(const Config& config) {
    open_data_directory(config.data_dir);
    // The socket in this directory, not the one run.json names: in a copied directory that would be
    // another site's.
    const std::string own = socket_path(config.data_dir);
    if (std::filesystem::exists(own) && answers(own)) {
      socket = own;
      return;
    }
    site = std::make_unique<OpenSite>(config, clock, random);
    export_dir = config.export_dir;
    go_prefix = config.go_prefix;
    site->absorb_all();
  }

  ~Impl() {
    if (epoch_before_pages && site->store().link_epoch() != *epoch_before_pages) export_or_tell();
  }

  static bool answers(const std::string& path) {
    fetch::Request probe;
    probe.url = "http://localhost/healthz";
    probe.unix_socket_path = path;
    probe.timeout_ms = 10'000;
    const auto response = fetch::Client().send(probe);
    return response && response->status == 200;
  }

  /// The clients that are not in use; each keeps its connection.
  std::unique_ptr<fetch::Client> take_client() {
    return idle_clients.with([](auto& idle) {
      if (idle.empty()) return std::make_unique<fetch::Client>();
      auto client = std::move(idle.back());
      idle.pop_back();
      return client;
    });
  }

  http::Response through_socket(std::string_view method, const std::string& target,
                                std::string body, std::string_view media_type) {
    fetch::Request request;
    request.method = method;
    request.url = "http://localhost" + target;
    request.body = std::move(body);
    request.unix_socket_path = socket;
    request.timeout_ms = 10 * 60 * 1000;
    request.max_body_bytes = 512u << 20;
    if (!media_type.empty()) request.headers = {{"Content-Type", std::string(media_type)}};
    auto client = take_client();
    auto answer = client->send(request);
    idle_clients.with([&](auto& idle) { idle.push_back(std::move(client)); });
    if (!answer) throw std::runtime_error("the daemon does not answer: " + answer.error().message);
    http::Response response;
    response.status = answer->status;
    response.body = std::move(answer->body);
    return response;
  }

  http::Response in_process(std::string_view method, const std::string& target, std::string body,
                            std::string_view media_type) {
    http::Request request;
    request.method = method;
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    if (request.path.size() < target.size()) request.query = target.substr(request.path.size() + 1);
    request.body = std::move(body);
    if (!media_type.empty()) request.headers = {{"Content-Type", std::string(media_type)}};
    const std::int64_t epoch = site->store().link_epoch();
    http::Response response = api::handle(site->api(), request, {true, {}});
    // Where no daemon runs, the web server in front redirects by what is exported.
    if (site->store().link_epoch() != epoch) {
      const std::scoped_lock lock(exporting);
      export_or_tell();
    }
    return response;
  }

  /// The change is done by then, so a failure is told and no more.
  void export_or_tell() {
    try {
      export_links(site->store(), export_dir, go_prefix, to_ms(clock.now()));
    } catch (const std::exception& error) {
      fmt::print(stderr, "candor: the links for the web server were not exported: {}\n",
                 error.what());
    }
  }

  SystemClock clock;
  SystemRandom random;
  std::mutex exporting;
  std::optional<std::int64_t> epoch_before_pages;
  Guarded<std::vector<std::unique_ptr<fetch::Client>>> idle_clients;
  std::string socket;
  std::unique_ptr<OpenSite> site;
  std::filesystem::path export_dir;
  std::string go_prefix;
};

ApiClient::ApiClient(const Config& config) : impl_(std::make_unique<Impl>(config)) {}
ApiClient::~ApiClient() = default;

bool ApiClient::is_daemon() const { return !impl_->socket.empty(); }

pages::PageProcessor* ApiClient::own_pages() {
  if (is_daemon()) return nullptr;
  if (!impl_->epoch_before_pages) impl_->epoch_before_pages = impl_->site->store().link_epoch();
  return &impl_->site->pages();
}

http::Response ApiClient::call(std::string_view method, const std::string& target, std::string body,
                               std::string_view media_type) {
  http::Response response = is_daemon()
                                ? impl_->through_socket(method, target, std::move(body), media_type)
                                : impl_->in_process(method, target, std::move(body), media_type);
  if (response.status >= 400) refuse(response);
  return response;
}

Config require_config(const std::string& option) {
  const auto file = find_config(option);
  if (file.empty())
    throw ConfigError(
        "no configuration: neither --config nor CANDOR_CONFIG is given, and ./candor.toml and "
        "/etc/candor/candor.toml do not exist. Make one: candor init --name NAME --url URL");
  return load_config(file);
}

}  // namespace candor::app
