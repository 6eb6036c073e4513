#include "app/link_exporter.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>

#include "app/idle_priority.h"
#include "journal/disk.h"
#include "link/link_export.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::size_t kBlockBytes = std::size_t{1} << 16;
/// A full disk is not asked again at once.
constexpr auto kPauseAfterFailure = 5s;
/// An export is followed by a pause of so many times what it took: one of a million links, with
/// changes coming in all the time, must not keep the disk busy.
constexpr int kRestShare = 10;

void write_file(const fs::path& file, WebServer server, const std::vector<Link>& links,
                const std::string& go_prefix, const StaticMoment& moment) {
  const auto out = journal::real_disk().create(file);
  std::string block;
  std::uint64_t at = 0;
  const auto flush = [&] {
    out->write_at(at, block);
    at += block.size();
    block.clear();
  };
  write_links(server, links, go_prefix, moment, [&](std::string_view text) {
    block += text;
    if (block.size() >= kBlockBytes) flush();
  });
  flush();
  out->sync();
}

bool same_content(const fs::path& a, const fs::path& b) {
  std::error_code absent;
  if (fs::file_size(a, absent) != fs::file_size(b) || absent) return false;
  std::ifstream one(a, std::ios::binary);
  std::ifstream other(b, std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return one && other && std::equal(Bytes(one), Bytes(), Bytes(other), Bytes());
}

void export_one(const fs::path& file, WebServer server, const std::vector<Link>& links,
                const std::string& go_prefix, const StaticMoment& moment) {
  const fs::path fresh = file.string() + ".new";
  write_file(fresh, server, links, go_prefix, moment);
  // A web server's own user may have to read it; where the links lead is no secret.
  using enum fs::perms;
  fs::permissions(fresh, owner_read | owner_write | group_read | others_read);
  if (same_content(file, fresh))
    fs::remove(fresh);
  else
    fs::rename(fresh, file);
}

}  // namespace

std::optional<std::int64_t> export_links(const store::Store& store, const fs::path& directory,
                                         const std::string& go_prefix, std::int64_t at_ms) {
  fs::create_directories(directory);
  std::vector<Link> links;
  store::each_link(store, [&links](const Link& link) { links.push_back(link); });
  StaticMoment moment{.at_ms = at_ms};
  if (std::ranges::any_of(links, [](const Link& link) { return link.click_cap != 0; }))
    for (const store::LinkClicks& each : store.clicks_of_capped_links())
      moment.counts.raise(each.link, each.clicks);
  export_one(directory / "nginx-map.conf", WebServer::Nginx, links, go_prefix, moment);
  export_one(directory / "Caddyfile", WebServer::Caddy, links, go_prefix, moment);
  journal::real_disk().sync_directory(directory);
  return next_start_or_end(links, at_ms);
}

LinkExporter::LinkExporter(const store::Store& store, fs::path directory, std::string go_prefix,
                           const Clock& clock)
    : store_(store),
      directory_(std::move(directory)),
      go_prefix_(std::move(go_prefix)),
      clock_(clock) {
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
  set_priority(thread_, Priority::Idle);
}

LinkExporter::~LinkExporter() {
  thread_.request_stop();
  set_priority(thread_, Priority::Ordinary);  // somebody waits for it now
  thread_.join();
}

void LinkExporter::links_changed() {
  {
    const std::scoped_lock lock(mutex_);
    due_ = true;
  }
  changed_.notify_one();
}

void LinkExporter::look_at_clock() {
  {
    const std::scoped_lock lock(mutex_);
    if (!next_at_ms_ || to_ms(clock_.now()) < *next_at_ms_) return;
    next_at_ms_.reset();
    due_ = true;
  }
  changed_.notify_one();
}

void LinkExporter::work(const std::stop_token& stop) {
  using std::chrono::steady_clock;
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return due_; })) {
    due_ = false;
    lock.unlock();
    const auto began = steady_clock::now();
    const bool done = try_export();
    steady_clock::duration pause = (steady_clock::now() - began) * kRestShare;
    lock.lock();
    if (!done) {
      due_ = true;
      if (stop.stop_requested()) return;
      pause = kPauseAfterFailure;
    }
    changed_.wait_for(lock, stop, pause, [] { return false; });
  }
}

bool LinkExporter::try_export() {
  try {
    const auto next = export_links(store_, directory_, go_prefix_, to_ms(clock_.now()));
    {
      const std::scoped_lock lock(mutex_);
      next_at_ms_ = next;
    }
    told_.clear();
    return true;
  } catch (const std::exception& error) {
    if (told_ != error.what()) {
      told_ = error.what();
      fmt::print(stderr, "candor: cannot export the links, will try again: {}\n", told_);
    }
    return false;
  }
}

}  // namespace candor::app
