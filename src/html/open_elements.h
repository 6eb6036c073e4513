#pragma once
// Internal: the stack of open elements and the list of active formatting elements (WHATWG 13.2.4),
// without a tree: names and kinds are all that the text states depend on.
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "html/element_table.h"
#include "html/start_state.h"
#include "html/token.h"

namespace candor::html {

struct OpenElement {
  std::string_view name;  ///< as written in the page
  std::uint32_t id = 0;   ///< unique among the elements of a page
  Tag tag = Tag::Other;
  Namespace space = Namespace::Html;
  std::uint8_t bucket = 0;  ///< counted under this: the tag, or a hash of an unknown name
  Traits traits = 0;

  bool is_html(Tag wanted) const { return tag == wanted && space == Namespace::Html; }
  bool has(Traits wanted) const { return (traits & wanted) != 0; }
};

enum class Scope : std::uint8_t { Default, Button, ListItem, Table };

class OpenElements {
 public:
  /// `attributes` are those of the page's tags; both must outlive this.
  OpenElements(std::string_view bytes, const std::vector<Attribute>& attributes,
               std::size_t depth_limit);

  bool empty() const { return stack_.empty(); }
  std::size_t size() const { return stack_.size(); }
  const OpenElement& current() const { return stack_.back(); }
  const OpenElement& at(std::size_t index) const { return stack_[index]; }
  bool has(Tag tag) const { return count_[static_cast<std::size_t>(tag)] > 0; }  ///< html only
  bool has_in_scope(Tag tag, Scope scope = Scope::Default) const;
  bool has_heading_in_scope() const;
  /// Elements deeper than the limit were opened and are not tracked one by one.
  bool over_the_limit() const { return untracked_total_ > 0; }
  /// Whether it ever mattered what attributes a formatting element has.
  bool compared_attributes() const { return compared_attributes_; }
  /// What is pushed next comes from there.
  void read_from(std::string_view bytes, const std::vector<Attribute>& attributes);
  /// Whether both hold the same elements. False may also mean: not known.
  bool same_state(const OpenElements& other) const;

  /// These two: false when the element lies deeper than the limit.
  bool push_html(Tag tag, std::string_view name);
  bool push_foreign(Tag tag, std::string_view name, Namespace space, Traits traits);
  void pop();
  void pop_to(std::size_t size);
  void pop_until(Tag tag);  ///< the last html element of the tag goes too
  void pop_until_heading();
  void remove_last(Tag tag);  ///< the last html element of the tag, wherever it is
  void clear_back_to(std::initializer_list<Tag> tags);
  void close_implied(Tag except = Tag::Other);
  void close_implied_thoroughly();
  void close_paragraph();  ///< if one is in button scope
  /// Ends an element beyond the depth limit; false when none of the tag is open there.
  bool pop_untracked(Tag tag, std::string_view name);
  /// "Any other end tag" of the body (13.2.6.4.7).
  void close_other(Tag tag, std::string_view name);

  void push_formatting(Tag tag, std::string_view name, std::span<const Attribute> attributes);
  void add_marker();
  void clear_to_marker();
  void reconstruct_formatting();
  bool has_formatting(Tag tag) const;  ///< behind the last marker
  void forget_formatting(Tag tag);     ///< its last entry leaves both lists
  /// The adoption agency algorithm.
  void adopt(Tag tag, std::string_view name);

 private:
  struct Formatting {
    std::string_view name;
    std::uint64_t attributes_hash = 0;  ///< 0: not asked for yet
    std::uint32_t first_attribute = 0;
    std::uint32_t attribute_count = 0;
    std::uint32_t id = 0;
    Tag tag = Tag::Other;
    bool marker = false;
    bool open = false;  ///< its element is on the stack
  };

  struct Source {
    std::string_view bytes;
    const std::vector<Attribute>* attributes = nullptr;
  };

  static constexpr std::size_t kBuckets = 256;

  bool push(Tag tag, std::string_view name, Namespace space, Traits traits);
  std::size_t find_formatting(Tag tag) const;
  std::size_t find_on_stack(std::uint32_t id) const;
  std::size_t find_entry(std::uint32_t id) const;
  void remove_from_stack(std::size_t index);
  bool adopt_once(Tag tag, std::string_view name);
  std::size_t find_furthest_block(std::size_t formatting) const;
  void renew_between(std::size_t formatting, std::size_t& furthest, std::size_t& entry,
                     std::size_t& bookmark);
  void left_the_stack(const OpenElement& element);
  void drop_fourth(const Formatting& added);
  static std::uint64_t attributes_hash(const Formatting& entry, const Source& source);
  bool same_entry(std::size_t entry, const OpenElements& other) const;

  Source first_;      ///< of all entries whose hash is still open
  Source read_from_;  ///< of what is pushed next
  std::vector<OpenElement> stack_;
  std::vector<Formatting> formatting_;
  std::array<std::uint32_t, kBuckets> count_{};  ///< of the html elements on the stack
  std::array<std::uint32_t, kBuckets> untracked_{};
  std::size_t untracked_total_ = 0;
  std::size_t depth_limit_;
  std::uint32_t next_id_ = 1;
  bool compared_attributes_ = false;
};

}  // namespace candor::html
