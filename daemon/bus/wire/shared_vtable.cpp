// SPDX-License-Identifier: GPL-2.0-or-later
// A fallback of sd-bus, which sdbus-c++ has none of; its messages are wrapped here.
#include "bus/wire/shared_vtable.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <variant>

#include "bus/wire/errors.h"
#include "bus/wire/names.h"

namespace gpiobroker::bus {
namespace {

void* called_now = nullptr;

/// Says whose call it is while it lives.
class Called {
 public:
  explicit Called(void* object) : before_(std::exchange(called_now, object)) {}
  Called(const Called&) = delete;
  Called& operator=(const Called&) = delete;
  ~Called() { called_now = before_; }

 private:
  void* before_;
};

/// A message of sd-bus as one of sdbus-c++, which lets only classes of its own make one.
template <class Kind>
class Wrapped : public Kind {
 public:
  Wrapped(const sdbus::Message& like, sd_bus_message* message) {
    static_cast<sdbus::Message&>(*this) = like;
    sd_bus_message_ref(message);
    sd_bus_message_unref(static_cast<sd_bus_message*>(this->msg_));
    this->msg_ = message;
  }
};

void check(int result, const char* what) {
  if (result < 0) throw internal_error(what);
}

void fail_with(sd_bus_error* error, const sdbus::Error& to) {
  sd_bus_error_set(error, to.getName().c_str(), to.getMessage().c_str());
}

/// What sd-bus wants of a handler; what was thrown is the answer.
template <class Work>
int answer(sd_bus_error* error, Work work) {
  try {
    work();
    return 1;
  } catch (const sdbus::Error& fault) {
    fail_with(error, fault);
  } catch (const std::exception& fault) {
    fail_with(error, internal_error(fault.what()));
  }
  return -1;
}

/// "/org/gpiobroker1/chips" of "/org/gpiobroker1/chips/gpiochip0/17". An object of its own, as each
/// chip has, cannot stand where a table is that others share.
std::string top_of(const std::string& path) {
  return path.substr(0, path.find('/', std::strlen(kRootPath) + 1));
}

std::map<const sdbus::IConnection*, SharedVTables*>& all_tables() {
  static std::map<const sdbus::IConnection*, SharedVTables*> tables;
  return tables;
}

/// A place in a table: zero, as sd-bus wants of what is not used.
sd_bus_vtable place(std::uint8_t type, std::uint64_t flags = 0) {
  sd_bus_vtable place;
  std::memset(&place, 0, sizeof place);
  place.type = type;
  place.flags = flags & ((std::uint64_t{1} << 56U) - 1);
  return place;
}

}  // namespace

void* called_object() {
  return called_now;
}

SharedVTable::SharedVTable(sd_bus& bus, const std::string& top, const char* interface, Items items,
                           const sdbus::IObject& like)
    : items_(std::move(items)),
      like_(like.createSignal(sdbus::InterfaceName(interface), sdbus::SignalName("Like"))) {
  describe();
  sd_bus_slot* slot = nullptr;
  check(sd_bus_add_fallback_vtable(&bus, &slot, top.c_str(), interface, vtable_.data(), find, this),
        "cannot add objects");
  members_.reset(slot);
  check(sd_bus_add_node_enumerator(&bus, &slot, top.c_str(), enumerate, this),
        "cannot list objects");
  paths_.reset(slot);
}

void SharedVTable::describe() {
  sd_bus_vtable start = place(_SD_BUS_VTABLE_START);
  start.x.start = {.element_size = sizeof start,
                   .features = _SD_BUS_VTABLE_PARAM_NAMES,
                   .vtable_format_reference = &sd_bus_object_vtable_format};
  vtable_.push_back(start);
  for (const sdbus::VTableItem& item : items_) {
    std::visit([this](const auto& member) { describe(member); }, item);
  }
  vtable_.push_back(place(_SD_BUS_VTABLE_END));
}

void SharedVTable::describe(const sdbus::MethodVTableItem& method) {
  sd_bus_vtable member = place(_SD_BUS_VTABLE_METHOD, method.flags.toSdBusMethodFlags());
  member.x.method = {.member = method.name.c_str(),
                     .signature = method.inputSignature.c_str(),
                     .result = method.outputSignature.c_str(),
                     .handler = on_call,
                     .offset = 0,
                     .names = keep_names(method.inputParamNames, method.outputParamNames)};
  vtable_.push_back(member);
  methods_.emplace(method.name, &method);
}

void SharedVTable::describe(const sdbus::SignalVTableItem& signal) {
  sd_bus_vtable member = place(_SD_BUS_VTABLE_SIGNAL, signal.flags.toSdBusSignalFlags());
  member.x.signal = {.member = signal.name.c_str(),
                     .signature = signal.signature.c_str(),
                     .names = keep_names(signal.paramNames)};
  vtable_.push_back(member);
}

void SharedVTable::describe(const sdbus::PropertyVTableItem& property) {
  sd_bus_vtable member = place(_SD_BUS_VTABLE_PROPERTY, property.flags.toSdBusPropertyFlags());
  member.x.property = {.member = property.name.c_str(),
                       .signature = property.signature.c_str(),
                       .get = on_get,
                       .set = nullptr,
                       .offset = 0};
  vtable_.push_back(member);
  properties_.emplace(property.name, &property);
}

/// Each is followed by a zero, as sd-bus has them.
const char* SharedVTable::keep_names(const std::vector<std::string>& in,
                                     const std::vector<std::string>& out) {
  auto all = std::make_unique<std::string>();
  for (const auto& names : {in, out}) {
    for (const std::string& name : names) all->append(name).push_back('\0');
  }
  return names_.emplace_back(std::move(all))->c_str();
}

int SharedVTable::find(sd_bus* /*bus*/, const char* path, const char* /*interface*/, void* self,
                       void** found, sd_bus_error* /*error*/) {
  auto& objects = static_cast<SharedVTable*>(self)->objects_;
  const auto object = objects.find(std::string_view(path));
  if (object == objects.end()) return 0;
  *found = &object->second;
  return 1;
}

/// sd-bus frees what it is given, and leaves out what was not asked for.
int SharedVTable::enumerate(sd_bus* /*bus*/, const char* /*prefix*/, void* self, char*** paths,
                            sd_bus_error* /*error*/) {
  const auto& objects = static_cast<const SharedVTable*>(self)->objects_;
  auto** const list = static_cast<char**>(std::calloc(objects.size() + 1, sizeof(char*)));
  if (list == nullptr) return -ENOMEM;
  char** next = list;
  for (const auto& [path, entry] : objects) *next++ = strdup(path.c_str());
  *paths = list;
  return 0;
}

int SharedVTable::on_call(sd_bus_message* call, void* entry, sd_bus_error* error) {
  const auto& [table, object] = *static_cast<const Entry*>(entry);
  const Called called(object);
  return answer(error, [&, &table = table] {
    const auto* method = table->methods_.at(sd_bus_message_get_member(call));
    method->callbackHandler(Wrapped<sdbus::MethodCall>(table->like_, call));
  });
}

int SharedVTable::on_get(sd_bus* /*bus*/, const char* /*path*/, const char* /*interface*/,
                         const char* property, sd_bus_message* reply, void* entry,
                         sd_bus_error* error) {
  const auto& [table, object] = *static_cast<const Entry*>(entry);
  const Called called(object);
  return answer(error, [&, &table = table] {
    Wrapped<sdbus::PropertyGetReply> value(table->like_, reply);
    table->properties_.at(property)->getter(value);
  });
}

SharedVTables::Member& SharedVTables::Member::operator=(Member&& other) noexcept {
  std::swap(table_, other.table_);
  std::swap(path_, other.path_);
  return *this;
}

SharedVTables::Member::~Member() {
  if (table_ != nullptr) table_->remove(path_);
}

SharedVTables::SharedVTables(sdbus::IConnection& connection, sd_bus& bus)
    : connection_(connection), bus_(bus) {
  all_tables()[&connection_] = this;
}

SharedVTables::~SharedVTables() {
  all_tables().erase(&connection_);
}

SharedVTables& SharedVTables::of(const sdbus::IObject& object) {
  return *all_tables().at(&object.getConnection());
}

SharedVTables::Member SharedVTables::add(const sdbus::IObject& object, const char* interface,
                                         void* self, const std::function<Items()>& members) {
  const std::string& path = object.getObjectPath();
  auto& table = tables_[interface];
  if (!table) {
    table = std::make_unique<SharedVTable>(bus_, top_of(path), interface, members(), object);
  }
  table->add(path, self);
  return {*table, path};
}

}  // namespace gpiobroker::bus
