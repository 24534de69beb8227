// A line that appears over the window for six seconds and never takes the focus.
#pragma once
#include <QLabel>

namespace plimsoll::gui {

class Toast : public QLabel {
    Q_OBJECT
public:
    enum class Tone { Plain, Error };
    /// Shows `text` at the foot of `window`, in place of the one that is there.
    static void show(QWidget& window, const QString& text, Tone tone = Tone::Plain);

private:
    Toast(QWidget& window, const QString& text, Tone tone);
};

} // namespace plimsoll::gui
