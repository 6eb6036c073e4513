#pragma once
// Internal: what a browser's tree builder tells its tokenizer (WHATWG 13.2.6): which text mode
// follows a start tag, whether a tag is foreign, whether CDATA sections exist here. It keeps the
// insertion mode and the open elements, and builds no tree.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "html/open_elements.h"
#include "html/start_state.h"
#include "html/token.h"

namespace candor::html {

struct StartTagFeedback {
  TextMode mode = TextMode::Data;
  bool foreign = false;
};

class ParseFeedback {
 public:
  /// `attributes` are those of the page's tags; both must outlive this.
  ParseFeedback(std::string_view bytes, const std::vector<Attribute>& attributes,
                TokenizeLimits limits)
      : bytes_(bytes), open_(bytes, attributes, limits.depth) {}

  /// Starts inside an element; the mode its text is read in.
  TextMode enter_fragment(const FragmentContext& context);
  void doctype(const Token& token);
  StartTagFeedback start_tag(const Token& token, std::span<const Attribute> attributes);
  bool end_tag(const Token& token);  ///< whether the tag was one of foreign content
  void text(const Token& token);     ///< of a Data mode
  bool cdata_allowed(std::size_t at);
  /// Any of the above, by the token's kind.
  StartTagFeedback read(const Token& token, std::span<const Attribute> attributes);
  /// The next tokens are of these bytes and attributes.
  void read_from(std::string_view bytes, const std::vector<Attribute>& attributes);
  /// Whether both read whatever follows alike. False may also mean: not known.
  bool same_state(const ParseFeedback& other) const;
  bool compared_attributes() const { return open_.compared_attributes(); }
  /// First byte whose reading browsers or their generations disagree on, or the largest size_t.
  std::size_t uncertain_from() const { return uncertain_from_; }

 private:
  enum class Mode : std::uint8_t {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    AfterHead,
    InBody,
    InTable,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
  };
  enum class Next : std::uint8_t { Done, Again };  ///< Again: the tag is read in the new mode

  /// The tag being processed.
  struct Current {
    Tag tag = Tag::Other;
    std::string_view name;
    std::size_t at = 0;
    bool self_closing = false;
    std::span<const Attribute> attributes;
  };

  // Foreign content (foreign_content.cpp)
  /// The fragment's context element while it is the adjusted current node, else null.
  const FragmentContext* outer_context() const {
    return is_fragment_ && open_.size() == 1 ? &context_ : nullptr;
  }
  bool in_foreign_content() const {
    if (open_.empty()) return false;
    if (const FragmentContext* outer = outer_context()) return outer->space != Namespace::Html;
    return open_.current().space != Namespace::Html;
  }
  bool start_tag_is_foreign() const;
  bool breaks_out() const;
  void leave_foreign_content();
  void open_foreign(Namespace space);
  bool end_foreign_tag();
  static bool encloses_html(std::string_view attribute_value);
  static Traits foreign_traits(Tag tag, Namespace space);

  // Start and end tags of html content, by insertion mode
  void html_start_tag();
  void html_end_tag();
  Next start_in(Mode mode);
  Next end_in(Mode mode);
  Next start_before_head(Mode mode);
  void start_before_head_implied(Mode mode);
  Next end_before_body(Mode mode);
  Next start_in_head();
  void start_head_content();
  Next start_in_after_head();
  Next start_in_template();
  void start_in_frameset();
  void end_in_frameset();
  bool is_head_content() const;

  Next start_in_table();
  Next end_in_table();
  Next start_in_caption();
  Next end_in_caption();
  Next start_in_column_group();
  Next end_in_column_group();
  Next start_in_table_body();
  Next end_in_table_body();
  Next start_in_row();
  Next end_in_row();
  Next start_in_cell();
  Next end_in_cell();
  Next close_caption(Next next);
  Next close_row(Next next);
  Next leave_column_group(Next next);
  bool is_table_part() const;
  Next enter(Tag tag, std::string_view name, Mode mode, Next next);
  Next close_table_body(Next next);
  void close_cell();

  Next start_in_body();
  void start_special_block();
  void start_void();
  void start_text_element();
  void start_formatting();
  void start_form_part();
  void start_list_item();
  void start_other_in_body();
  void start_frameset_in_body();
  Next end_in_body();
  bool end_block();
  void end_form();

  void open_html();  ///< pushes the current tag
  void text_mode(TextMode mode);
  void start_template();
  void end_template();
  void reset_mode();
  Mode mode_inside(Tag tag, bool last) const;
  void force_body();  ///< as text does that stands where a body is implied
  void text_in(Mode mode, bool blank);
  void uncertain(std::size_t at);
  void note_uncertainty();
  bool is_hidden_input() const;

  std::string_view bytes_;
  OpenElements open_;
  std::vector<Mode> template_modes_;
  Mode mode_ = Mode::Initial;
  Current current_;
  StartTagFeedback answer_;
  FragmentContext context_;
  bool is_fragment_ = false;
  bool frameset_ok_ = true;
  bool head_seen_ = false;
  bool form_open_ = false;
  bool quirks_ = true;
  bool skip_end_tag_ = false;  ///< the next end tag closes the element whose text mode began
  bool in_older_select_ = false;
  std::size_t uncertain_from_ = static_cast<std::size_t>(-1);
};

}  // namespace candor::html
