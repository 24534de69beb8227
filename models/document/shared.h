// An immutable part of a document that copies of the document share.
#pragma once
#include <memory>
#include <utility>

namespace plimsoll::document {

/// A shared const T with value semantics: copying costs a reference count, == compares the values (and is at once true
/// for the same part). Never empty.
template <class T> class Shared {
public:
    Shared() : m_value(std::make_shared<const T>()) {}
    Shared(T value) : m_value(std::make_shared<const T>(std::move(value))) {} // NOLINT: a T is one
    const T& operator*() const { return *m_value; }
    const T* operator->() const { return m_value.get(); }
    bool operator==(const Shared& other) const { return m_value == other.m_value || *m_value == *other.m_value; }

private:
    std::shared_ptr<const T> m_value;
};

} // namespace plimsoll::document
