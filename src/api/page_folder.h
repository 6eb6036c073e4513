#pragma once
// The folder of built pages that [pages] root names, as the API reads and mends it.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace candor::api {

/// A page's file as it is on disk.
struct PageSource {
  std::string file;  ///< absolute
  std::string bytes;
  bool writable = false;
  /// The text of a style sheet or another page of the folder, by its address.
  std::function<std::optional<std::string>(std::string_view address)> site_file{};
};

/// Callable from any thread; one change at a time.
class PageFolder {
 public:
  virtual ~PageFolder() = default;

  /// By its URL path; nothing when it has no file in the folder.
  virtual std::optional<PageSource> find(std::string_view url_path) const = 0;
  /// Replaces the page, which must still hold `before`, and keeps that for restore(). False when it
  /// was changed meanwhile. Throws std::runtime_error with the file and the reason.
  virtual bool replace(std::string_view url_path, std::string_view before,
                       std::string_view after) = 0;
  /// Puts back what the last replace() took; false when nothing is kept, or the page is no longer
  /// what replace() wrote. Throws like it.
  virtual bool restore(std::string_view url_path) = 0;
  /// As `diff -u` writes it; empty when they are equal.
  virtual std::string diff(std::string_view before, std::string_view after,
                           std::string_view name) const = 0;
};

}  // namespace candor::api
