#pragma once
// The pages front over a folder: a built site served with every page disclosed as it passes.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/guarded.h"
#include "http/event_loop.h"
#include "http/server.h"
#include "http/worker_pool.h"
#include "pages/page_processor.h"
#include "store/link_store.h"

namespace candor::proxy {

class FolderFront final : public http::Handler {
 public:
  /// Throws std::filesystem::filesystem_error when `root` is no folder.
  FolderFront(http::EventLoop& loop, http::WorkerPool& pool, pages::PageProcessor& pages,
              const store::LinkStore& links, const std::filesystem::path& root);
  void handle(const http::Request& request, http::Reply reply) override;

 private:
  /// A page as it goes out, good until its file, a link or an article changes.
  struct Disclosed {
    std::filesystem::file_time_type written_at;
    std::uintmax_t bytes = 0;
    std::int64_t link_epoch = 0;
    std::shared_ptr<const std::string> page;
    bool passed_through = false;  ///< not disclosed: no cache downstream may keep it
  };

  http::Response answer(const http::Request& request);
  http::Response page_response(const std::filesystem::path& file);
  Disclosed disclose(const std::filesystem::path& file);

  http::EventLoop& loop_;
  http::WorkerPool& pool_;
  pages::PageProcessor& pages_;
  const store::LinkStore& links_;
  std::filesystem::path root_;
  Guarded<std::unordered_map<std::string, Disclosed>> cache_;
};

}  // namespace candor::proxy
