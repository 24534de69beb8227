#pragma once
#include "models/document/value.h"

#include <QWidget>

namespace plimsoll::gui {

/// The 16 px mark right of a field that says where the value comes from: ring = assumed, pencil = typed, tag = preset,
/// gauge = measured.
class ProvenanceMark : public QWidget {
    Q_OBJECT
public:
    explicit ProvenanceMark(QWidget* parent = nullptr);
    void showProvenance(const document::Provenance& provenance);
    QSize sizeHint() const override { return {20, 28}; }

    /// The name of the icon, and the word for it.
    static QString iconOf(document::Provenance::Kind kind);
    static QString wordOf(document::Provenance::Kind kind);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    document::Provenance::Kind m_kind = document::Provenance::Kind::Default;
};

} // namespace plimsoll::gui
