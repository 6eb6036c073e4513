#pragma once
// A table of candor.toml as its readers ask it: key by key, each with its default and what it may
// be. For the files that read the configuration; others include app/config.h.
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/config.h"
#include "app/suggest.h"

namespace candor::app {

/// One table of the file, read key by key; what nobody asked for is unknown.
class Section {
 public:
  Section(const std::filesystem::path& file, std::string name, const toml::table* table)
      : file_(file), name_(std::move(name)), table_(table) {}

  std::string text(const char* key, std::string otherwise) {
    const toml::node* node = take(key);
    if (!node) return otherwise;
    if (const auto* value = node->as_string()) return value->get();
    fail(*node, fmt::format("{} must be text in quotes", full(key)));
  }
  std::int64_t number(const char* key, std::int64_t otherwise, std::int64_t least,
                      std::int64_t most) {
    const toml::node* node = take(key);
    if (!node) return otherwise;
    const auto* value = node->as_integer();
    if (!value || value->get() < least || value->get() > most)
      fail(*node, fmt::format("{} must be a whole number from {} to {}", full(key), least, most));
    return value->get();
  }
  bool flag(const char* key, bool otherwise) {
    const toml::node* node = take(key);
    if (!node) return otherwise;
    if (const auto* value = node->as_boolean()) return value->get();
    fail(*node, fmt::format("{} must be true or false", full(key)));
  }
  std::vector<std::string> texts(const char* key, std::vector<std::string> otherwise) {
    const toml::node* node = take(key);
    if (!node) return otherwise;
    std::vector<std::string> out;
    const toml::array* array = node->as_array();
    if (!array) fail(*node, fmt::format("{} must be a list of texts", full(key)));
    for (const toml::node& each : *array) {
      if (!each.is_string()) fail(each, fmt::format("{} must be a list of texts", full(key)));
      out.push_back(each.as_string()->get());
    }
    return out;
  }
  const toml::node* take(const char* key) {
    asked_.emplace_back(key);
    return table_ ? table_->get(key) : nullptr;
  }
  const toml::table* table() const { return table_; }

  void refuse_unknown() const {
    if (!table_) return;
    for (const auto& [key, node] : *table_) {
      const std::string name(key.str());
      if (std::ranges::find(asked_, name) != asked_.end()) continue;
      const std::string near = nearest(name, asked_);
      fail_at(key.source(),
              fmt::format("unknown key \"{}\"{}", name,
                          near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near)));
    }
  }
  [[noreturn]] void fail(const toml::node& node, const std::string& message) const {
    fail_at(node.source(), message);
  }
  [[noreturn]] void fail_key(const char* key, const std::string& message) const {
    const toml::node* node = table_ ? table_->get(key) : nullptr;
    if (node) fail(*node, fmt::format("{}: {}", full(key), message));
    if (table_) fail(*table_, fmt::format("{}: {}", full(key), message));
    throw ConfigError(fmt::format("{}: {}: {}", file_.string(), full(key), message));
  }

 private:
  [[noreturn]] void fail_at(const toml::source_region& at, const std::string& message) const {
    throw ConfigError(
        fmt::format("{}:{}:{}: {}", file_.string(), at.begin.line, at.begin.column, message));
  }
  std::string full(const char* key) const { return name_.empty() ? key : name_ + "." + key; }

  const std::filesystem::path& file_;
  std::string name_;
  const toml::table* table_;
  std::vector<std::string> asked_;
};

/// The table of this name; asking an absent one gives its defaults.
inline Section open_section(const std::filesystem::path& file, Section& root, const char* name) {
  const toml::node* node = root.take(name);
  if (node && !node->is_table())
    root.fail(*node, fmt::format("{} must be a table: [{}]", name, name));
  return {file, name, node ? node->as_table() : nullptr};
}

/// A table inside of another: `[redirect.limits]`.
inline Section open_section_in(const std::filesystem::path& file, const std::string& outer,
                               Section& section, const char* name) {
  const toml::node* node = section.take(name);
  const std::string full = outer + "." + name;
  if (node && !node->is_table())
    section.fail(*node, fmt::format("{} must be a table: [{}]", full, full));
  return {file, full, node ? node->as_table() : nullptr};
}

}  // namespace candor::app
