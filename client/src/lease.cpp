// SPDX-License-Identifier: LGPL-2.1-or-later
// Each function is one call.
#include "gpiobroker/lease.h"

#include "gpiobroker/direct_lines.h"
#include "src/dictionary.h"
#include "src/edge_messages.h"
#include "src/lease_body.h"
#include "src/opened_lease.h"
#include "src/values.h"

namespace gpiobroker {
namespace {

using Lines = std::vector<std::string>;

const Lines kAllLines;  // an empty list means all lines on the bus, and none in this library

/// Releases with the option "only-own": root may release anybody's lease, but an object of this
/// library shall not end one that somebody else has accepted since.
detail::Dictionary only_own() {
  return {{"only-own", sdbus::Variant(true)}};
}

/// Releases without waiting for the answer, and ignores what it is.
template <class Release>
void quietly(Release release) noexcept {
  try {
    release();
  } catch (...) {
  }
}

}  // namespace

Lease::Lease(std::unique_ptr<Body> body) : body_(std::move(body)) {}

Lease::Lease(Lease&&) noexcept = default;

Lease& Lease::operator=(Lease&& other) noexcept {
  if (this == &other) return *this;
  let_go();
  body_ = std::move(other.body_);
  return *this;
}

Lease::~Lease() {
  let_go();
}

void Lease::let_go() noexcept {
  if (body_ && body_->lives_on) return;
  quietly([this] { release(); });
}

Lease::Body& Lease::body() const {
  if (!body_) throw Error(kNoSuchLease, "the lease was released already");
  return *body_;
}

Values Lease::get() const {
  return body().carry_out(
      [](auto& proxy) { return detail::from_wire(proxy.GetValues(kAllLines)); });
}

Values Lease::get(const Lines& lines) const {
  if (lines.empty()) return {};
  return body().carry_out([&](auto& proxy) { return detail::from_wire(proxy.GetValues(lines)); });
}

bool Lease::is_active(const std::string& line) const {
  return get(Lines{line}).at(line);
}

void Lease::set(const Values& values) {
  if (values.empty()) return;
  body().carry_out([&](auto& proxy) { proxy.SetValues(detail::to_wire(values)); });
}

void Lease::set(const std::string& line, bool active) {
  set(Values{{line, active}});
}

void Lease::reconfigure(const Settings& settings) {
  body().carry_out(
      [&](auto& proxy) { proxy.Reconfigure(kAllLines, detail::to_dictionary(settings)); });
}

void Lease::reconfigure(const Lines& lines, const Settings& settings) {
  if (lines.empty()) return;
  body().carry_out([&](auto& proxy) { proxy.Reconfigure(lines, detail::to_dictionary(settings)); });
}

void Lease::release(const Lines& lines) {
  if (lines.empty()) return;
  body().carry_out([&](auto& proxy) { proxy.Release(lines, only_own()); });
  if (const auto opened = body().opened.lock()) quietly([&] { opened->check(); });  // the last ones
}

void Lease::release() {
  if (!body_) return;
  if (const auto opened = body_->opened.lock()) opened->let_go_for_release();
  body_->carry_out([](auto& proxy) { proxy.Release(kAllLines, only_own()); });
  body_.reset();
}

void Lease::keep_alive() {
  body().carry_out([](auto& proxy) { proxy.KeepAlive(); });
}

std::vector<EdgeEvent> Lease::wait_for_edges(std::chrono::milliseconds time) {
  constexpr std::chrono::seconds kLonger{5};  // than the broker waits
  const auto milliseconds = static_cast<std::uint32_t>(time.count());
  std::uint64_t& received = body().received;
  return body().carry_out([&](auto& proxy) {
    std::vector<detail::EdgeMessage> edges;
    proxy.getProxy()
        .callMethod("WaitForEdgesAfter")
        .onInterface(detail::LeaseProxy::INTERFACE_NAME)
        .withTimeout(time + kLonger)
        .withArguments(received, milliseconds)
        .storeResultsTo(edges);
    std::vector<EdgeEvent> events = detail::from_wire(edges);
    if (!events.empty()) received = events.back().sequence;
    return events;
  });
}

void Lease::offer(const std::string& receiver) {
  body().carry_out([&](auto& proxy) { proxy.Offer(receiver); });
}

DirectLines Lease::direct() {
  std::shared_ptr<detail::OpenedLease> opened = body().opened.lock();
  if (!opened || opened->requests().is_over()) {
    opened = std::make_shared<detail::OpenedLease>(*this, body());
    body().opened = opened;
  }
  return DirectLines(std::move(opened));
}

const std::string& Lease::path() const {
  return body().path;
}

}  // namespace gpiobroker
