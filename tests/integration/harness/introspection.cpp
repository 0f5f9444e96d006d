// SPDX-License-Identifier: GPL-2.0-or-later
// Tags and attributes are all there is to introspection XML; a parser for those.
#include "harness/introspection.h"

#include <ostream>
#include <regex>
#include <stdexcept>

#include "harness/shipped_descriptions.h"

namespace gpiobroker::test {
namespace {

using Attributes = std::map<std::string, std::string>;

struct Tag {
  std::string name;  // "/method" for the end of one
  Attributes attributes;
};

std::string without_comments(std::string xml) {
  for (auto begin = xml.find("<!--"); begin != std::string::npos; begin = xml.find("<!--")) {
    xml.erase(begin, xml.find("-->", begin) + 3 - begin);
  }
  return xml;
}

Attributes attributes_in(const std::string& text) {
  static const std::regex kAttribute(R"re(([\w]+)="([^"]*)")re");
  Attributes attributes;
  for (std::sregex_iterator it(text.begin(), text.end(), kAttribute), end; it != end; ++it) {
    attributes[it->str(1)] = it->str(2);
  }
  return attributes;
}

std::vector<Tag> tags_in(const std::string& xml) {
  static const std::regex kTag(R"re(<(/?[a-z]+)([^<>]*)>)re");
  std::vector<Tag> tags;
  for (std::sregex_iterator it(xml.begin(), xml.end(), kTag), end; it != end; ++it) {
    tags.push_back({it->str(1), attributes_in(it->str(2))});
  }
  return tags;
}

/// Where in the document the reader is: the innermost element of each kind, or null.
class Reader {
 public:
  void read(const Tag& tag) {
    if (tag.name == "interface") interface_ = &interfaces_[tag.attributes.at("name")];
    if (tag.name == "method") begin_method(tag);
    if (tag.name == "/method") method_ = nullptr;
    if (tag.name == "signal") signal_ = &interface_->signals[tag.attributes.at("name")];
    if (tag.name == "/signal") signal_ = nullptr;
    if (tag.name == "property") begin_property(tag);
    if (tag.name == "/property") property_ = nullptr;
    if (tag.name == "arg") add_argument(tag);
    if (tag.name == "annotation") annotate(tag);
  }

  [[nodiscard]] std::map<std::string, Interface> interfaces() const { return interfaces_; }

 private:
  void begin_method(const Tag& tag) { method_ = &interface_->methods[tag.attributes.at("name")]; }

  void begin_property(const Tag& tag) {
    property_ = &interface_->properties[tag.attributes.at("name")];
    property_->type = tag.attributes.at("type");
    property_->access = tag.attributes.at("access");
  }

  void add_argument(const Tag& tag) {
    const std::string type = tag.attributes.at("type");
    const auto name = tag.attributes.find("name");
    const std::string text = (name == tag.attributes.end() ? "" : name->second) + ": " + type;
    if (signal_ != nullptr) {
      signal_->push_back(text);
    } else if (tag.attributes.at("direction") == "in") {
      method_->in.push_back(text);
      method_->in_signature += type;
    } else {
      method_->out.push_back(text);
    }
  }

  void annotate(const Tag& tag) {
    if (property_ == nullptr) return;
    if (tag.attributes.at("name") == "org.freedesktop.DBus.Property.EmitsChangedSignal") {
      property_->emits_changed = tag.attributes.at("value");
    }
  }

  std::map<std::string, Interface> interfaces_;
  Interface* interface_ = nullptr;
  Method* method_ = nullptr;
  std::vector<std::string>* signal_ = nullptr;
  Property* property_ = nullptr;
};

}  // namespace

std::ostream& operator<<(std::ostream& out, const Interface& interface) {
  for (const auto& [name, method] : interface.methods) {
    out << "\n  " << name << '(';
    for (const std::string& each : method.in) out << ' ' << each;
    out << " ) ->";
    for (const std::string& each : method.out) out << ' ' << each;
  }
  for (const auto& [name, signal] : interface.signals) out << "\n  signal " << name;
  for (const auto& [name, property] : interface.properties) {
    out << "\n  " << name << ": " << property.type << ", " << property.access
        << ", emits changed: " << property.emits_changed;
  }
  return out;
}

std::map<std::string, Interface> parse_introspection(const std::string& xml) {
  Reader reader;
  for (const Tag& tag : tags_in(without_comments(xml))) reader.read(tag);
  return reader.interfaces();
}

Interface shipped_interface(const std::string& name) {
  const char* const description = shipped_description(name);
  if (description == nullptr) throw std::runtime_error("no description of " + name);
  return parse_introspection(description).at(name);
}

}  // namespace gpiobroker::test
