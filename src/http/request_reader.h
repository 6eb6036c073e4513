#pragma once
// Bytes in, requests out: our strict scanners look first, llhttp parses what they let through. Of a
// GET or HEAD that came whole and has no body the scanner has seen all there is, so it is taken
// over from there; the same request in pieces goes by llhttp, and tests and fuzzing compare the
// two.
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "http/chunk_scanner.h"
#include "http/head_scanner.h"
#include "http/limits.h"
#include "http/message.h"

namespace candor::http {

/// A request under construction with its parser; kept by a pool, so that their strings are reused.
class ParsedMessage;

/// Messages not in use. One per server; must outlive its readers.
class MessagePool {
 public:
  MessagePool();
  ~MessagePool();
  MessagePool(const MessagePool&) = delete;
  MessagePool& operator=(const MessagePool&) = delete;

  std::unique_ptr<ParsedMessage> take();
  void give_back(std::unique_ptr<ParsedMessage> message);

  std::vector<HeadField> fields;  ///< of the head that is being looked at

 private:
  std::vector<std::unique_ptr<ParsedMessage>> spare_;
};

class RequestReader {
 public:
  enum class Step { NeedMore, Complete, Bad };

  RequestReader(MessagePool& pool, const Limits& limits);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Reads on. Only the bytes before consumed() are done with: the rest comes again, first, in the
  /// next call. No call after Bad; next() before the one after Complete.
  Step read(std::string_view bytes);
  std::size_t consumed() const { return consumed_; }

  /// True from the end of the head to the end of the body.
  bool in_body() const { return in_body_; }
  /// The client waits for "100 Continue" and has sent nothing of the body yet.
  bool awaits_continue() const { return in_body_ && awaits_continue_; }

  void continue_sent() { awaits_continue_ = false; }

  const Request& request() const;  ///< when Complete, or in_body(): then without its body's rest
  /// Forgets what has come of the body, for who takes it as it comes.
  void drop_body();
  /// What the head announced; nothing when chunked, or not in_body().
  std::optional<std::size_t> announced_length() const;
  int status() const { return status_; }
  int minor_version() const { return minor_; }

  void set_peer(std::string_view peer) { peer_ = peer; }  ///< a view: the caller's to keep
  void next();

 private:
  Step bad(int status);
  Step read_head(std::string_view bytes);
  bool parse_head(std::string_view head);
  Step read_body(std::string_view bytes);

  MessagePool& pool_;
  const Limits& limits_;
  std::string_view peer_;
  HeadScanner head_;
  std::optional<ChunkScanner> chunks_;
  std::unique_ptr<ParsedMessage> message_;
  std::size_t consumed_ = 0;
  std::size_t body_left_ = 0;
  int status_ = 0;
  int minor_ = 1;
  bool in_body_ = false;
  bool awaits_continue_ = false;
};

}  // namespace candor::http
