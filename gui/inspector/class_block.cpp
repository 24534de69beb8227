#include "gui/inspector/class_block.h"

#include "gui/inspector/class_bindings.h"
#include "gui/inspector/number_row.h"
#include "gui/theme/fonts.h"
#include "gui/theme/icons.h"
#include "gui/theme/theme.h"
#include "gui/widgets/word_box.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>

namespace plimsoll::gui {
namespace {

constexpr double kDot = 8;

} // namespace

ClassBlock::ClassBlock(const PageContext& context, const document::Id& classId, int seriesIndex, RowHover* hover,
                       QWidget* parent)
    : QWidget(parent), m_context(context), m_id(classId), m_series(seriesIndex) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 6);
    layout->setSpacing(0);
    buildHead();
    const auto* one = document::findClass(context.document.project(), classId);
    for (const LoadNumber& number : loadNumbers()) {
        if (!one || number.closed != isClosed(*one)) continue;
        auto* row =
            new NumberRow(context.document, number.parameter, loadBinding(context.document, number, classId), this);
        row->field()->setObjectName(QString::fromStdString(classId) + '/' + row->field()->objectName());
        layout->addWidget(row);
        hover->watch(row);
        m_rows.push_back(row);
    }
    recolour();
    refresh();
}

void ClassBlock::buildHead() {
    auto* line = new QHBoxLayout;
    line->setContentsMargins(28, 2, 12, 2);
    line->setSpacing(6);
    const QString id = QString::fromStdString(m_id);
    m_name = new QLineEdit(this);
    m_name->setObjectName(id + QStringLiteral("/name"));
    m_name->setAccessibleName(tr("Name of the request type"));
    m_name->setFont(uiFont(13, QFont::DemiBold));
    m_name->setFixedHeight(28);
    m_name->setMaxLength(200);
    m_kind = new WordBox(this);
    m_kind->setObjectName(id + QStringLiteral("/kind"));
    m_kind->setAccessibleName(tr("Kind of load"));
    m_kind->addItem(tr("Rate"), false);
    m_kind->addItem(tr("Users"), true);
    m_kind->setFixedWidth(88);
    m_kind->setToolTip(tr("Rate: requests arrive whatever happens. Users: each waits for the answer before going on."));
    m_remove = new QToolButton(this);
    m_remove->setObjectName(id + QStringLiteral("/remove"));
    m_remove->setFixedSize(20, 28);
    m_remove->setStyleSheet(QStringLiteral("padding: 0;"));
    line->addWidget(m_name, 1);
    line->addWidget(m_kind);
    line->addWidget(m_remove);
    static_cast<QVBoxLayout*>(layout())->addLayout(line);
    connect(m_name, &QLineEdit::editingFinished, this, &ClassBlock::rename);
    connect(m_kind, &QComboBox::activated, this, [this](int index) {
        if (const auto* one = document::findClass(m_context.document.project(), m_id))
            apply(tr("change the load of %1").arg(QString::fromStdString(one->name)),
                  withKind(*one, m_kind->itemData(index).toBool()));
    });
    connect(m_remove, &QToolButton::clicked, this, [this] {
        m_context.document.apply(tr("remove request type %1").arg(m_name->text()),
                                 edit::removeClass(m_context.document.project(), m_id));
    });
}

bool ClassBlock::apply(const QString& text, document::RequestClass changed) {
    return m_context.document.apply(text, edit::setClass(m_context.document.project(), std::move(changed)));
}

void ClassBlock::rename() {
    const auto* one = document::findClass(m_context.document.project(), m_id);
    const std::string name = m_name->text().trimmed().toStdString();
    if (!one || one->name == name) return;
    document::RequestClass changed = *one;
    changed.name = name;
    if (name.empty() || !apply(tr("rename %1").arg(QString::fromStdString(one->name)), changed)) refresh();
}

void ClassBlock::refresh() {
    const auto* one = document::findClass(m_context.document.project(), m_id);
    if (!one) return;
    const QString name = QString::fromStdString(one->name);
    if (!m_name->isModified() || !m_name->hasFocus()) m_name->setText(name);
    m_remove->setToolTip(tr("Remove %1").arg(name));
    m_remove->setAccessibleName(tr("Remove %1").arg(name));
    const QSignalBlocker quiet(m_kind);
    m_kind->setCurrentIndex(isClosed(*one) ? 1 : 0);
    for (Row* row : m_rows) row->refresh();
}

void ClassBlock::recolour() {
    m_remove->setIcon(uiIcon(QStringLiteral("trash"), themeFor(palette()).muted));
    update();
}

void ClassBlock::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) recolour();
}

void ClassBlock::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.series[static_cast<std::size_t>(m_series) % theme.series.size()]);
    painter.drawEllipse(QRectF(13, 16 - kDot / 2, kDot, kDot));
}

} // namespace plimsoll::gui
