#include "app/config_edit.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/ascii.h"

namespace candor::app {
namespace {

using nlohmann::json;

std::string toml_value(const json& value) {
  if (value.is_string()) return toml_string(value.get<std::string>());
  if (!value.is_array()) return value.dump();
  std::string out = "[";
  for (const json& each : value)
    out += (out.size() > 1 ? ", " : "") + toml_string(each.get<std::string>());
  return out + "]";
}

/// Lines and columns count from 1, columns in code points.
std::size_t offset_of(std::string_view text, toml::source_position at) {
  std::size_t offset = 0;
  for (toml::source_index line = 1; line < at.line; ++line) {
    const std::size_t end = text.find('\n', offset);
    if (end == std::string_view::npos) return text.size();
    offset = end + 1;
  }
  const auto goes_on = [&] {
    return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U;
  };
  for (toml::source_index column = 1; column < at.column && offset < text.size(); ++column)
    for (++offset; goes_on();) ++offset;
  return offset;
}

std::string replaced(std::string_view text, const toml::source_region& at,
                     const std::string& value) {
  const std::size_t begin = offset_of(text, at.begin);
  const std::size_t end = std::max(begin, offset_of(text, at.end));
  return std::string(text.substr(0, begin)) + value + std::string(text.substr(end));
}

/// Is it the key with a # before it, as a default stands in the file?
bool is_taken_out(std::string_view line, std::string_view key) {
  if (!line.starts_with('#')) return false;
  line = ascii::trim(line.substr(1));
  if (!line.starts_with(key)) return false;
  return ascii::trim(line.substr(key.size())).starts_with('=');
}

/// Where a new line for the key goes into the section; nothing when it has no header.
std::optional<std::size_t> place_in(std::string_view text, std::string_view section,
                                    std::string_view key) {
  std::optional<std::size_t> place;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = ascii::trim(text.substr(at, end - at));
    const std::size_t next = std::min(end + 1, text.size());
    if (line.starts_with('[')) {
      if (place) return place;
      const std::size_t close = std::min(line.find(']'), line.size());
      if (ascii::trim(line.substr(1, close - 1)) == section) place = next;
    } else if (place && is_taken_out(line, key)) {
      return next;
    }
    at = next;
  }
  return place;
}

std::string added(std::string_view text, std::string_view section, std::string_view key,
                  const std::string& value) {
  const std::string line = fmt::format("{} = {}\n", key, value);
  const std::string end = text.empty() || text.ends_with('\n') ? "" : "\n";
  const auto place = place_in(text, section, key);
  if (!place) return fmt::format("{}{}\n[{}]\n{}", text, end, section, line);
  const std::string_view before = text.substr(0, *place);
  return fmt::format("{}{}{}{}", before, before.ends_with('\n') ? "" : "\n", line,
                     text.substr(*place));
}

/// Takes the value out of the table, into one of its own.
toml::table take_value(toml::table& all, std::string_view section, std::string_view key) {
  toml::table taken;
  toml::table* table = all[section].as_table();
  if (table == nullptr) {
    all.insert(section, toml::table{});
    return taken;
  }
  if (const toml::node* node = table->get(key))
    node->visit([&](const auto& value) { taken.insert("value", value); });
  table->erase(key);
  return taken;
}

/// Does it say what it said, but for this value?
bool only_changes(std::string_view before, const std::string& after, std::string_view section,
                  std::string_view key, const std::string& value) {
  toml::table was = toml::parse(before);
  toml::table is = toml::parse(after);
  take_value(was, section, key);
  return take_value(is, section, key) == toml::parse("value = " + value) && was == is;
}

}  // namespace

std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out += '"';
}

std::optional<std::string> with_value(std::string_view text, std::string_view section,
                                      std::string_view key, const json& value) {
  const std::string written = toml_value(value);
  try {
    const toml::table parsed = toml::parse(text);
    const toml::node* node = parsed[section][key].node();
    std::string changed = node != nullptr ? replaced(text, node->source(), written)
                                          : added(text, section, key, written);
    if (!only_changes(text, changed, section, key, written)) return std::nullopt;
    return changed;
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

}  // namespace candor::app
