#pragma once
// The machine's disk, which hangs in every sync for as long as it is told to.
#include <condition_variable>
#include <memory>
#include <mutex>

#include "journal/disk.h"

namespace candor::bench {

class StallingDisk final : public journal::Disk {
 public:
  void stall() {
    const std::scoped_lock lock(mutex_);
    stalls_ = true;
  }
  void resume() {
    const std::scoped_lock lock(mutex_);
    stalls_ = false;
    changed_.notify_all();
  }

  std::unique_ptr<journal::File> create(const std::filesystem::path& path) override {
    return std::make_unique<StallingFile>(*this, journal::real_disk().create(path));
  }
  std::unique_ptr<journal::File> open(const std::filesystem::path& path) override {
    return std::make_unique<StallingFile>(*this, journal::real_disk().open(path));
  }
  void sync_directory(const std::filesystem::path& directory) override {
    hang();
    journal::real_disk().sync_directory(directory);
  }

 private:
  class StallingFile final : public journal::File {
   public:
    StallingFile(StallingDisk& disk, std::unique_ptr<journal::File> file)
        : disk_(disk), file_(std::move(file)) {}
    void write_at(std::uint64_t offset, std::string_view bytes) override {
      file_->write_at(offset, bytes);
    }
    void sync() override {
      disk_.hang();
      file_->sync();
    }
    void truncate(std::uint64_t size) override { file_->truncate(size); }

   private:
    StallingDisk& disk_;
    std::unique_ptr<journal::File> file_;
  };

  void hang() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !stalls_; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stalls_ = false;
};

}  // namespace candor::bench
