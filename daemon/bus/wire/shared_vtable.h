// SPDX-License-Identifier: GPL-2.0-or-later
// Objects that are many and alike, as leases and lines are: one table of members for all of them,
// where sdbus-c++ would have one for each.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>
#include <systemd/sd-bus.h>

namespace gpiobroker::bus {

/// The members of one interface for all objects below a path, such as "/org/gpiobroker1/leases".
/// They are registered once, and each call is led to the object that it names.
class SharedVTable {
 public:
  using Items = std::vector<sdbus::VTableItem>;

  /// `like` is any object on the connection. Throws sdbus::Error.
  SharedVTable(sd_bus& bus, const std::string& top, const char* interface, Items items,
               const sdbus::IObject& like);
  SharedVTable(const SharedVTable&) = delete;
  SharedVTable& operator=(const SharedVTable&) = delete;
  ~SharedVTable() = default;

  /// `object` is what called_object() gives while a call to that path is carried out.
  void add(const std::string& path, void* object) { objects_[path] = {this, object}; }
  void remove(const std::string& path) { objects_.erase(path); }

 private:
  struct Entry {
    SharedVTable* table;
    void* object;
  };
  using Slot = std::unique_ptr<sd_bus_slot, decltype(&sd_bus_slot_unref)>;

  static int find(sd_bus* bus, const char* path, const char* interface, void* self, void** found,
                  sd_bus_error* error);
  static int enumerate(sd_bus* bus, const char* prefix, void* self, char*** paths,
                       sd_bus_error* error);
  static int on_call(sd_bus_message* call, void* entry, sd_bus_error* error);
  static int on_get(sd_bus* bus, const char* path, const char* interface, const char* property,
                    sd_bus_message* reply, void* entry, sd_bus_error* error);

  void describe();
  void describe(const sdbus::MethodVTableItem& method);
  void describe(const sdbus::SignalVTableItem& signal);
  void describe(const sdbus::PropertyVTableItem& property);
  void describe(const sdbus::InterfaceFlagsVTableItem&) {}
  [[nodiscard]] const char* keep_names(const std::vector<std::string>& in,
                                       const std::vector<std::string>& out = {});

  const Items items_;
  const sdbus::Message like_;                        // any message of the connection's
  std::vector<std::unique_ptr<std::string>> names_;  // of parameters, one string a member
  std::vector<sd_bus_vtable> vtable_;
  std::map<std::string_view, const sdbus::MethodVTableItem*> methods_;
  std::map<std::string_view, const sdbus::PropertyVTableItem*> properties_;
  std::map<std::string, Entry, std::less<>> objects_;  // by path
  Slot members_{nullptr, &sd_bus_slot_unref};
  Slot paths_{nullptr, &sd_bus_slot_unref};
};

/// All tables of a connection. Generated adaptors find it by their object, which is all they have.
class SharedVTables {
 public:
  using Items = SharedVTable::Items;

  /// An object's place in its table, as long as this lives.
  class Member {
   public:
    Member() = default;
    Member(SharedVTable& table, std::string path) : table_(&table), path_(std::move(path)) {}
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;
    Member& operator=(Member&& other) noexcept;
    ~Member();

   private:
    SharedVTable* table_ = nullptr;
    std::string path_;
  };

  /// `bus` is what the connection is made of.
  SharedVTables(sdbus::IConnection& connection, sd_bus& bus);
  SharedVTables(const SharedVTables&) = delete;
  SharedVTables& operator=(const SharedVTables&) = delete;
  ~SharedVTables();

  /// Those of the connection that the object is on.
  [[nodiscard]] static SharedVTables& of(const sdbus::IObject& object);

  /// Adds an object to the table of its interface. Who comes first gives the members, in which
  /// called_object() is the object. Throws sdbus::Error.
  [[nodiscard]] Member add(const sdbus::IObject& object, const char* interface, void* self,
                           const std::function<Items()>& members);

 private:
  sdbus::IConnection& connection_;
  sd_bus& bus_;
  std::map<std::string_view, std::unique_ptr<SharedVTable>> tables_;  // by interface
};

/// What was added for the path of the call that is being carried out, or null.
[[nodiscard]] void* called_object();

template <class Adaptor>
[[nodiscard]] Adaptor& called() {
  return *static_cast<Adaptor*>(called_object());
}

}  // namespace gpiobroker::bus
