#pragma once
// One request on its way to the origin and its answer on the way back. Lives on the loop.
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "fetch/stream_client.h"
#include "http/streams.h"
#include "proxy/origin_front.h"
#include "proxy/page_tag.h"
#include "proxy/stylesheets.h"

namespace candor::proxy {

class Exchange;

/// What all exchanges of a front share.
struct OriginFront::Hub {
  Hub(http::EventLoop& l, http::WorkerPool& p, OriginOptions o,
      std::shared_ptr<OriginCounters> count);

  void begin(const http::Request& request, http::Reply reply,
             std::optional<http::RequestBody> upload);
  /// By which pages are disclosed now; nothing when they cannot be read. What goes out then is kept
  /// by nobody, and nothing kept before goes out.
  std::optional<std::string> rules() const;
  void note_failure(const std::string& path, const std::string& why);
  /// False when all pages under way would then take more than they may.
  bool reserve(std::size_t bytes);
  void release(std::size_t bytes);

  http::EventLoop& loop;
  http::WorkerPool& pool;
  OriginOptions options;
  std::shared_ptr<OriginCounters> counters;
  std::shared_ptr<PageCache> cache;
  fetch::StreamClient client;
  Stylesheets sheets;
  std::unordered_map<const Exchange*, std::shared_ptr<Exchange>> exchanges;
  std::chrono::steady_clock::time_point told_at{};  ///< when a failure was last logged
};

class Exchange final : public fetch::StreamReceiver, public std::enable_shared_from_this<Exchange> {
 public:
  using Hub = OriginFront::Hub;
  Exchange(Hub& hub, const http::Request& request, http::Reply reply);
  ~Exchange() override;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  void begin(std::optional<http::RequestBody> upload);

  void on_interim(fetch::StreamHead head) override;
  void on_head(fetch::StreamHead head) override;
  bool on_body(std::string_view bytes) override;
  std::size_t give_body(std::span<char> into, bool& ended) override;
  void on_end(std::optional<fetch::Error> error) override;

 private:
  enum class Plan { Undecided, Pass, Collect, HeadOnly };
  /// What an answer is, as far as its head tells: XML may be a feed.
  enum class Subject { Other, Page, Feed, Xml };

  void ask(bool with_range);
  void listen_to_upload();
  void take_upload(std::string_view bytes);
  Plan judge() const;
  Subject subject() const;
  bool is_other_xml();
  bool is_left_alone() const;
  void pass();
  void pass_collected();
  void mark_no_store();
  std::string our_tag() const;
  void bind_not_modified();
  void work();
  void pass_unworked(std::string bytes, const std::string& why);
  void show(std::shared_ptr<const ReadyPage> page);
  void send_page(std::shared_ptr<const ReadyPage> page, const std::string& tag);
  void dress(const ReadyPage* page, const std::string& tag);
  void feed();
  void fail(const fetch::Error& error);
  void answer(int status, std::string_view text);
  void give_up();
  void finish();

  Hub& hub_;
  http::Request request_;  // without its body
  http::Reply reply_;
  std::string body_;                         // what is still to be sent to the origin
  std::size_t body_sent_ = 0;                // of body_
  std::optional<http::RequestBody> upload_;  // whose bytes go through body_
  bool body_whole_ = true;
  bool upload_paused_ = false;
  bool has_range_ = false;
  fetch::StreamClient::Handle handle_;
  std::optional<std::string> rules_;
  Conditions conditions_;
  Plan plan_ = Plan::Undecided;
  Subject subject_ = Subject::Other;
  bool sniffed_ = false;   // what was collected of an XML document begins like a feed
  http::Response answer_;  // status and headers as they will go out
  OriginVersion version_;
  std::optional<std::uint64_t> length_;
  std::optional<http::ResponseStream> stream_;
  std::string collected_;
  std::size_t reserved_ = 0;
  std::shared_ptr<const ReadyPage> page_;  // being sent
  std::size_t page_sent_ = 0;
  bool more_follows_ = false;  // what is being sent is only what was collected; the rest passes
  bool answer_ended_ = false;
  std::chrono::steady_clock::time_point asked_at_;
  std::chrono::steady_clock::time_point received_at_;
  std::chrono::steady_clock::duration spent_{};  // before the origin was asked
};

}  // namespace candor::proxy
