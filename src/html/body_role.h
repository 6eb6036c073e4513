#pragma once
// Internal: what a tag means in the body (WHATWG 13.2.6.4.7), in one look.
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "html/element_table.h"

namespace candor::html {

enum class BodyRole : std::uint8_t {
  Other,
  Ignored,  ///< the parts of a page and of tables
  Body,
  Frameset,
  HeadContent,
  PlainBlock,    ///< closes a paragraph; its end tag closes everything in it
  SpecialBlock,  ///< closes a paragraph, and more
  Void,
  Text,
  Formatting,
  FormPart,
};

constexpr std::array<BodyRole, kTagCount> make_body_roles() {
  std::array<BodyRole, kTagCount> roles{};
  const auto give = [&](BodyRole role, std::initializer_list<Tag> tags) {
    for (const Tag tag : tags) roles[static_cast<std::size_t>(tag)] = role;
  };
  give(BodyRole::Ignored, {Tag::Html, Tag::Caption, Tag::Col, Tag::Colgroup, Tag::Frame, Tag::Head,
                           Tag::Tbody, Tag::Td, Tag::Tfoot, Tag::Th, Tag::Thead, Tag::Tr});
  give(BodyRole::Body, {Tag::Body});
  give(BodyRole::Frameset, {Tag::Frameset});
  give(BodyRole::HeadContent, {Tag::Base, Tag::Basefont, Tag::Bgsound, Tag::Link, Tag::Meta,
                               Tag::Noframes, Tag::Script, Tag::Style, Tag::Template, Tag::Title});
  give(BodyRole::PlainBlock,
       {Tag::Address,  Tag::Article,    Tag::Aside,   Tag::Blockquote, Tag::Center,
        Tag::Details,  Tag::Dialog,     Tag::Dir,     Tag::Div,        Tag::Dl,
        Tag::Fieldset, Tag::Figcaption, Tag::Figure,  Tag::Footer,     Tag::Header,
        Tag::Hgroup,   Tag::Main,       Tag::Menu,    Tag::Nav,        Tag::Ol,
        Tag::P,        Tag::Search,     Tag::Section, Tag::Summary,    Tag::Ul});
  give(BodyRole::SpecialBlock, {Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6, Tag::Pre,
                                Tag::Listing, Tag::Li, Tag::Dd, Tag::Dt, Tag::Table});
  give(BodyRole::Void, {Tag::Area, Tag::Br, Tag::Embed, Tag::Image, Tag::Img, Tag::Keygen, Tag::Wbr,
                        Tag::Input, Tag::Param, Tag::Source, Tag::Track, Tag::Hr});
  give(BodyRole::Text,
       {Tag::Textarea, Tag::Xmp, Tag::Iframe, Tag::Noembed, Tag::Noscript, Tag::Plaintext});
  give(BodyRole::FormPart, {Tag::Form, Tag::Button, Tag::Select, Tag::Option, Tag::Optgroup});
  for (std::size_t tag = 0; tag < kTagCount; ++tag)
    if ((traits_of(static_cast<Tag>(tag)) & kFormatting) != 0) roles[tag] = BodyRole::Formatting;
  return roles;
}
inline constexpr std::array<BodyRole, kTagCount> kBodyRoles = make_body_roles();

inline BodyRole body_role_of(Tag tag) { return kBodyRoles[static_cast<std::size_t>(tag)]; }

}  // namespace candor::html
