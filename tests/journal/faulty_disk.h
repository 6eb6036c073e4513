#pragma once
// A real disk that fails or stalls when a test says so.
#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <system_error>

#include "journal/disk.h"

namespace candor::journal {

/// Must outlive the journals that use it.
class FaultyDisk final : public Disk {
 public:
  enum class Call { Create, Write, Sync, Truncate, SyncNames };
  static constexpr int kForEver = std::numeric_limits<int>::max();

  /// The `nth` call of a kind from now on (1: the next), and the `count - 1` behind it, fail with
  /// `error`. A failing write leaves half of its bytes behind.
  void fail(Call call, int nth, int count, int error) {
    std::scoped_lock lock(mutex_);
    failing_ = call;
    until_failure_ = nth;
    failures_ = count;
    error_ = error;
  }
  void heal() {
    std::scoped_lock lock(mutex_);
    failures_ = 0;
  }

  /// Writes stop behind `bytes` of their bytes until resume().
  void stall(std::size_t bytes = 0) {
    std::scoped_lock lock(mutex_);
    stalls_ = true;
    stall_behind_ = bytes;
  }
  void resume() {
    std::scoped_lock lock(mutex_);
    stalls_ = false;
    changed_.notify_all();
  }
  /// Waits until a write hangs.
  void wait_until_stalled() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return hanging_ > 0; });
  }

  int failed_calls() const {
    std::scoped_lock lock(mutex_);
    return failed_calls_;
  }

  std::unique_ptr<File> create(const std::filesystem::path& path) override {
    check(Call::Create);
    return std::make_unique<FaultyFile>(*this, real_disk().create(path));
  }
  std::unique_ptr<File> open(const std::filesystem::path& path) override {
    return std::make_unique<FaultyFile>(*this, real_disk().open(path));
  }
  void sync_directory(const std::filesystem::path& directory) override {
    check(Call::SyncNames);
    real_disk().sync_directory(directory);
  }

 private:
  class FaultyFile final : public File {
   public:
    FaultyFile(FaultyDisk& disk, std::unique_ptr<File> file)
        : disk_(disk), file_(std::move(file)) {}

    void write_at(std::uint64_t offset, std::string_view bytes) override {
      try {
        disk_.check(Call::Write);
      } catch (const std::system_error&) {
        file_->write_at(offset, bytes.substr(0, bytes.size() / 2));
        throw;
      }
      const std::size_t at_once = disk_.bytes_before_stall(bytes.size());
      file_->write_at(offset, bytes.substr(0, at_once));
      disk_.hang();
      file_->write_at(offset + at_once, bytes.substr(at_once));
    }
    void sync() override {
      disk_.check(Call::Sync);
      file_->sync();
    }
    void truncate(std::uint64_t size) override {
      disk_.check(Call::Truncate);
      file_->truncate(size);
    }

   private:
    FaultyDisk& disk_;
    std::unique_ptr<File> file_;
  };

  void check(Call call) {
    std::scoped_lock lock(mutex_);
    if (failures_ == 0 || call != failing_) return;
    if (--until_failure_ > 0) return;
    if (failures_ != kForEver) --failures_;
    ++failed_calls_;
    throw std::system_error(error_, std::generic_category(), "faulty disk");
  }
  std::size_t bytes_before_stall(std::size_t bytes) const {
    std::scoped_lock lock(mutex_);
    return stalls_ ? std::min(bytes, stall_behind_) : bytes;
  }
  void hang() {
    std::unique_lock lock(mutex_);
    ++hanging_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !stalls_; });
    --hanging_;
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Call failing_ = Call::Write;
  int until_failure_ = 0;
  int failures_ = 0;
  int failed_calls_ = 0;
  int error_ = EIO;
  bool stalls_ = false;
  std::size_t stall_behind_ = 0;
  int hanging_ = 0;
};

}  // namespace candor::journal
