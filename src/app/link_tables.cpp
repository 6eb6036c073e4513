#include "app/link_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>
#include <utility>

#include "app/cap_counts.h"
#include "networks/link_entry.h"
#include "redirect/huge_pages.h"
#include "redirect/links_snapshot.h"

namespace candor::app {
namespace {

using namespace std::chrono_literals;

/// Read within one transaction, so that the database's log can be cut meanwhile.
constexpr std::size_t kLinksAtOnce = 10'000;
constexpr auto kPauseAfterFailure = 5s;

/// Where links and the clicks of those with a cap are.
struct Sources {
  const store::Store& store;
  const std::filesystem::path& journal;
};

/// Adds stored links to a block's content, each made ready for redirecting.
class Packer {
 public:
  Packer(const Sources& sources, LinkContent& content) : sources_(sources), content_(content) {}

  void add(const Link& link) {
    if (link.state == LinkState::Disabled && link.fallback.empty()) return;
    if (const auto entry = networks::make_link_entry(patterns_, link, clicks_of(link)))
      content_.add(*entry);
  }

 private:
  std::int64_t clicks_of(const Link& link) {
    if (link.click_cap == 0) return 0;
    if (!counts_) counts_ = count_clicks(sources_.store, sources_.journal);
    const auto found = counts_->find(link.id);
    return found == counts_->end() ? 0 : found->second;
  }

  Sources sources_;
  LinkContent& content_;
  networks::LinkPatterns patterns_;
  std::optional<CapCounts> counts_;
};

std::shared_ptr<const LinkBlock> make_block(LinkContent content) {
  return std::make_shared<const LinkBlock>(std::move(content));
}

/// Without `since` and articles.
LinkContent pack(const Sources& sources, const store::LinkChanges& changes) {
  LinkContent content;
  content.epoch = changes.epoch;
  content.replaced = changes.removed;
  Packer packer(sources, content);
  for (const Link& link : changes.links) {
    content.replaced.push_back(link.id);
    packer.add(link);
  }
  return content;
}

/// A table of `base` with `changes`, on top of those in `top` unless that is null.
LinkTablePtr lay_on(const std::shared_ptr<const LinkBlock>& base,
                    const std::shared_ptr<const LinkBlock>& top, LinkContent changes) {
  auto added = make_block(std::move(changes));
  return std::make_shared<const LinkTable>(base,
                                           top ? make_block(top->merged_with(*added)) : added);
}

/// Not so when in doubt.
bool is_same(const LinkBlock& a, const LinkBlock& b) {
  const LinkContent& one = a.content();
  const LinkContent& other = b.content();
  return one.epoch == other.epoch && one.plain == other.plain && one.rare.empty() &&
         other.rare.empty() && one.articles == other.articles;
}

}  // namespace

LinkTablePtr with_caps_counted(const LinkTable& table, const store::Store& store,
                               const std::filesystem::path& journal) {
  store::LinkChanges capped{.epoch = table.newest().content().epoch};
  for (const CappedLink& each : table.capped_links())
    if (auto link = store.find_link(each.id)) capped.links.push_back(std::move(*link));
  LinkContent counted = pack({store, journal}, capped);
  counted.since = counted.epoch;
  return lay_on(table.base(), table.changes(), std::move(counted));
}

LinkTables::LinkTables(const store::Store& store, Files files, LinkTablePtr first,
                       std::function<void(LinkTablePtr)> use, Limits limits)
    : store_(store),
      files_(std::move(files)),
      use_(std::move(use)),
      limits_(limits),
      table_(std::move(first)) {
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

LinkTables::~LinkTables() {
  thread_.request_stop();
  set_priority(thread_, Priority::Ordinary);  // somebody waits for it now
  thread_.join();
}

bool LinkTables::refresh() {
  std::erase_if(former_, [](const auto& table) { return table.use_count() == 1; });
  const bool first = !begun_;
  if (first) begin();
  begun_ = true;
  const bool changed = !first && catch_up();
  if (const Block& top = table_->changes();
      top && top->content().replaced.size() > limits_.changes_on_top)
    start(Priority::Idle, [base = table_->base(), top](const std::stop_token&) {
      return make_block(base->merged_with(*top, redirect::huge_pages()));
    });
  return first || changed;
}

void LinkTables::begin() {
  if (table_ && epoch() <= store_.link_epoch()) {
    catch_up();
    if (has_caps()) recount();
    // The snapshot may be of an older Candor that knew other networks, or of a database that was
    // put in this one's place.
    start(Priority::Idle, [this, known = table_->base()](const std::stop_token& stop) {
      Block base = read_all(Haste::None, stop);
      return base && is_same(*base, *known) ? nullptr : base;
    });
    return;
  }
  std::filesystem::remove(redirect::changes_file(files_.snapshot));
  Block base = read_all(Haste::Awaited, {});
  hand_over(std::make_shared<const LinkTable>(base));
  start(Priority::Ordinary, [base](const std::stop_token&) { return base; });
}

bool LinkTables::catch_up() {
  Block base = table_->base();
  Block top = table_->changes();
  if (behind_ && is_busy()) return false;
  if (Block fresh = take_fresh(); fresh && fresh != base) {
    base = std::move(fresh);
    top = nullptr;
  }
  const LinkBlock& newest = top ? *top : *base;
  const std::int64_t known = newest.content().epoch;
  if (base == table_->base() && store_.link_epoch() == known) return false;
  const auto changes = store_.list_link_changes(known, limits_.changes_at_once);
  behind_ = !changes;
  if (behind_) {
    start(Priority::Ordinary,
          [this](const std::stop_token& stop) { return read_all(Haste::Awaited, stop); });
    return false;
  }
  LinkContent content = pack({store_, files_.journal}, *changes);
  content.since = known;
  content.articles =
      store_.list_article_paths(std::max(base->last_article(), newest.last_article()));
  const std::int64_t before = epoch();
  hand_over(lay_on(base, top, std::move(content)));
  return epoch() != before;
}

void LinkTables::recount() { hand_over(with_caps_counted(*table_, store_, files_.journal)); }

void LinkTables::hand_over(LinkTablePtr table) {
  if (table_) former_.push_back(table_);
  table_ = std::move(table);
  use_(table_);
  unsaved_ = true;
}

void LinkTables::save() {
  if (!unsaved_ || !table_->changes()) return;
  redirect::save_links_snapshot(redirect::changes_file(files_.snapshot), *table_->changes());
  unsaved_ = false;
}

// Links that change meanwhile are in what is read, or not, and are among the changes since its
// epoch in any case.
LinkTables::Block LinkTables::read_all(Haste haste, const std::stop_token& stop) const {
  const auto read = [&](LinkId after) {
    return std::async(haste == Haste::Awaited ? std::launch::async : std::launch::deferred,
                      [this, after] { return store_.list_links_after(after, kLinksAtOnce); });
  };
  LinkContent content(redirect::huge_pages());
  content.epoch = store_.link_epoch();
  Packer packer({store_, files_.journal}, content);
  for (std::vector<Link> links = read({}).get(); !links.empty();) {
    if (stop.stop_requested()) return nullptr;
    auto next = read(links.back().id);
    for (const Link& link : links) packer.add(link);
    links = next.get();
  }
  content.articles = store_.list_article_paths({});
  return make_block(std::move(content));
}

LinkTables::Block LinkTables::take_fresh() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(fresh_, nullptr);
}

bool LinkTables::is_busy() {
  const std::scoped_lock lock(mutex_);
  return task_ != nullptr && !fresh_;
}

void LinkTables::start(Priority priority, Task task) {
  const std::scoped_lock lock(mutex_);
  if (task_) return;  // one at a time: what is due then is due again at the next change
  set_priority(thread_, priority);
  task_ = std::move(task);
  changed_.notify_one();
}

void LinkTables::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return task_ != nullptr; })) {
    lock.unlock();
    Block made;
    bool done = try_to("read the links anew", [&] { made = task_(stop); });
    const auto save = [&] {
      done = try_to("save the links", [&] {
        if (made) redirect::save_links_snapshot(files_.snapshot, *made);
      });
    };
    if (done) save();
    lock.lock();
    fresh_ = made;
    while (!done && made && !stop.stop_requested()) {
      changed_.wait_for(lock, stop, kPauseAfterFailure, [] { return false; });
      lock.unlock();
      save();
      lock.lock();
    }
    task_ = nullptr;
  }
}

template <class Duty>
bool LinkTables::try_to(const std::string& what, Duty duty) {
  try {
    duty();
    complaint_.clear();
    return true;
  } catch (const std::exception& error) {
    if (std::exchange(complaint_, error.what()) != error.what())
      fmt::print(stderr, "candor: cannot {}, will try again: {}\n", what, error.what());
    return false;
  }
}

}  // namespace candor::app
