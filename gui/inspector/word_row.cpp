#include "gui/inspector/word_row.h"

#include "gui/widgets/word_box.h"

#include <QCheckBox>
#include <QSignalBlocker>

namespace plimsoll::gui {

ChoiceRow::ChoiceRow(Document& document, const QString& key, const QString& label, const QString& help,
                     const std::vector<Word>& words, WordBinding binding, QWidget* parent)
    : Row(label, help, parent), m_binding(std::move(binding)), m_burst(document, m_binding.key) {
    m_box = new WordBox(this);
    m_box->setObjectName(key);
    for (const Word& word : words) m_box->addItem(word.label, QString::fromStdString(word.word));
    m_box->setPlaceholderText(QString(QChar(0x2013))); // mixed
    setEditor(m_box);
    connect(m_box, &QComboBox::activated, this, [this](int index) {
        const std::string word = m_box->itemData(index).toString().toStdString();
        if (const auto refusal = m_burst.write(m_binding.undoText, m_binding.edited(word)))
            setTyped(QString::fromStdString(refusal->message));
        else
            setTyped({});
    });
    connect(this, &Row::resetWanted, this, [this] { m_burst.write(m_binding.undoText, m_binding.reset()); });
    refresh();
}

void ChoiceRow::refresh() {
    const WordReading reading = m_binding.read();
    const QSignalBlocker quiet(m_box);
    m_box->setCurrentIndex(reading.mixed ? -1 : m_box->findData(QString::fromStdString(reading.word)));
    m_box->setToolTip(m_box->currentText());
    showState(reading.provenance, reading.changed && m_binding.reset, reading.usual);
}

SwitchRow::SwitchRow(Document& document, const QString& key, const QString& label, const QString& help,
                     WordBinding binding, QWidget* parent)
    : Row(label, help, parent), m_binding(std::move(binding)), m_burst(document, m_binding.key) {
    m_box = new QCheckBox(this);
    m_box->setObjectName(key);
    setEditor(m_box);
    connect(m_box, &QCheckBox::clicked, this, [this] {
        m_box->setTristate(false);
        const std::string word = m_box->isChecked() ? "true" : "false";
        if (const auto refusal = m_burst.write(m_binding.undoText, m_binding.edited(word)))
            setTyped(QString::fromStdString(refusal->message));
    });
    connect(this, &Row::resetWanted, this, [this] { m_burst.write(m_binding.undoText, m_binding.reset()); });
    refresh();
}

void SwitchRow::refresh() {
    const WordReading reading = m_binding.read();
    m_box->setTristate(reading.mixed);
    m_box->setCheckState(reading.mixed ? Qt::PartiallyChecked : reading.word == "true" ? Qt::Checked : Qt::Unchecked);
    m_box->setText(reading.mixed ? QString(QChar(0x2013)) : reading.word == "true" ? tr("on") : tr("off"));
    showState(reading.provenance, reading.changed && m_binding.reset, reading.usual);
}

} // namespace plimsoll::gui
