// The single checks that validation is made of: each leaves the first error it meets.
#pragma once
#include "engine/flow/validate.h"

#include <fmt/format.h>

#include <cmath>

namespace plimsoll::flow {

/// Rates, times and sizes reach from 1e-30 to 1e30: fourth moments of such times stay inside double precision.
inline constexpr double kLargest = 1e30, kSmallest = 1e-30;

/// Carries the element being checked and the first error.
class Check {
public:
    void enter(std::string_view array, std::size_t index) {
        m_array = array;
        m_index = index;
    }
    bool failed() const { return m_failed; }
    const Error& error() const { return m_error; }

    void fail(std::string_view field, std::string message) {
        if (m_failed) return;
        m_failed = true;
        m_error = {Error::Invalid, m_array.empty() ? std::string() : elementName(m_array, m_index), std::string(field),
                   std::move(message)};
    }
    void require(bool holds, std::string_view field, std::string_view message) {
        if (!holds) fail(field, std::string(message));
    }
    void atLeast(double value, double low, std::string_view field) {
        if (!(value >= low && value <= kLargest))
            fail(field, fmt::format("{} is {:.6g}, must lie in {:.6g} to {:.0e}", field, value, low, kLargest));
    }
    void above(double value, double low, std::string_view field) {
        if (!(value > low && value <= kLargest))
            fail(field,
                 fmt::format("{} is {:.6g}, must be above {:.6g} and at most {:.0e}", field, value, low, kLargest));
    }
    void within(double value, double low, double high, std::string_view field) {
        if (!(value >= low && value <= high))
            fail(field, fmt::format("{} is {:.6g}, must lie in {:.6g} to {:.6g}", field, value, low, high));
    }
    template <class Id> void id(Id value, std::size_t count, std::string_view field) {
        if (std::size_t(value) >= count)
            fail(field, fmt::format("{} is {}, but there are {} of them", field, std::size_t(value), count));
    }
    template <class E> void enumerator(E value, E last, std::string_view field) {
        if (unsigned(value) > unsigned(last)) fail(field, fmt::format("{} is no known value", field));
    }
    void distribution(const Distribution& law, std::string_view field);

private:
    std::string_view m_array;
    std::size_t m_index = 0;
    bool m_failed = false;
    Error m_error;
};

/// Everything but the steps.
void checkResources(const Model& model, Check& check);
/// The steps, and that they form no cycle.
void checkSteps(const Model& model, Check& check);

} // namespace plimsoll::flow
