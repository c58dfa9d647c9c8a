"""The keyboard alone: keys are pressed, and at every stop the focus is in sight and marked."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page

AT_MOST = 250
# What is wrong with the element that has the focus; of the one before, which lost it, too.
_LOOK = """(target) => {
  const here = document.activeElement;
  const found = {isThere: here === target, isNowhere: !here || here === document.body, faults: []};
  if (found.isNowhere) return found;
  found.what = here.outerHTML.slice(0, 140);
  window.keyboardFirst ??= here;
  found.isAgain = here === window.keyboardFirst && window.keyboardBefore?.element !== here
    && window.keyboardBefore !== undefined;
  const pen = window.keyboardPen ??= Object.assign(
    document.createElement("canvas"), {width: 1, height: 1}
  ).getContext("2d", {willReadFrequently: true});
  const colour = (text) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let each = element.parentElement; each; each = each.parentElement) {
      const found = colour(getComputedStyle(each).backgroundColor);
      if (found[3] === 255) return found;
    }
    return colour(matchMedia("(forced-colors: active)").matches ? "Canvas" : "#fff");
  };
  const marks = (element) => {
    const style = getComputedStyle(element);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const shadow = style.boxShadow !== "none" && style.boxShadow.match(/^(.*?\\))/)?.[1];
    return {
      look: [style.outline, style.boxShadow, style.backgroundColor, style.borderColor].join(),
      colours: [outline && style.outlineColor, shadow].filter(Boolean),
    };
  };
  const mine = marks(here);
  if (!mine.colours.some((each) => contrast(colour(each), ground(here)) >= 3)) {
    found.faults.push(`no mark that stands out: ${mine.look}`);
  }
  const before = window.keyboardBefore;
  if (before && before.element !== here && before.element.isConnected) {
    if (marks(before.element).look === before.look) {
      found.faults.push(`as without the focus: ${before.element.outerHTML.slice(0, 90)}`);
    }
  }
  const shown = (element) => {
    const boxes = [...element.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    return boxes[0];
  };
  const box = shown(here);
  if (!box) {
    found.faults.push("nothing to see");
    return found;
  }
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  // Of a field of many lines the first ones are enough: there is the caret.
  const much = here.matches("textarea") ? Math.min(box.height, 72) : box.height;
  const fits = much > innerHeight || (box.top >= -1 && box.top + much <= innerHeight + 1);
  if (right - left < 1 || bottom - top < 1 || !fits) {
    found.faults.push(`out of sight at ${Math.round(box.left)}, ${Math.round(box.top)}`);
  } else {
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!over || !(here.contains(over) || over.contains(here))) {
      found.faults.push(`covered by ${over?.outerHTML.slice(0, 90)}`);
    }
  }
  if (here.tabIndex > 0) found.faults.push("a place of its own in the order");
  const place = {left: box.left + scrollX, right: box.right + scrollX,
                 top: box.top + scrollY, bottom: box.bottom + scrollY};
  const isStill = before?.element !== here && before?.element.checkVisibility();
  if (isStill && !found.isAgain && !window.keyboardGoesBack) {
    const mirrored = document.dir === "rtl";
    const further = mirrored ? place.right <= before.place.right : place.left >= before.place.left;
    const lower = place.top >= before.place.bottom - 4;
    if (!further && !lower) found.faults.push(`back from ${before.element.outerHTML.slice(0, 90)}`);
  }
  window.keyboardBefore = {element: here, look: mine.look, place};
  return found;
}"""


class Keyboard:
    """Somebody at a page with nothing but keys."""

    def __init__(self, page: Page) -> None:
        """Begin where the page has put the focus.

        The browser hands over its choosers of files from here on. Asked for only when the key is
        pressed, they would come to nobody now and then: the browser may see the key first.
        """
        self.page = page
        page.on("filechooser", lambda _chooser: None)

    def press(self, *keys: str) -> None:
        """Press the keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type where the focus is, in place of what is there."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def look(self, target: Locator | None = None) -> dict[str, Any]:
        """Return what there is to say of the element with the focus, and whether it is the target."""
        handle = target.element_handle() if target else None
        found: dict[str, Any] = self.page.evaluate(_LOOK, handle)
        return found

    def stops(self) -> Iterator[dict[str, Any]]:
        """Go through the page with Tab until the focus leaves it; yield what is wrong at each stop."""
        for _ in range(AT_MOST):
            self.press("Tab")
            found = self.look()
            if found["isNowhere"] or found.get("isAgain"):
                return
            yield found
        pytest.fail(f"no end of {self.page.url}")

    def to(self, target: Locator, key: str = "Tab") -> None:
        """Press the key until the target has the focus; no stop on the way is wrong."""
        for _ in range(AT_MOST):
            self.press(key)
            found = self.look(target)
            assert not found["faults"], (self.page.url, found)
            if found["isThere"]:
                return
        pytest.fail(f"{target} cannot be reached")

    def back_to(self, target: Locator) -> None:
        """Go back to the target."""
        self.page.evaluate("window.keyboardGoesBack = true")
        self.to(target, "Shift+Tab")
        self.page.evaluate("window.keyboardGoesBack = false")

    def enter(self, target: Locator, text: str) -> None:
        """Go to a field and fill it in."""
        self.to(target)
        self.type(text)

    def open(self, target: Locator) -> None:
        """Go to a link, a button or what can be unfolded, and press Enter."""
        self.to(target)
        self.press("Enter")

    def tick(self, target: Locator) -> None:
        """Go to a box and tick it."""
        self.to(target)
        self.press("Space")

    def choose(self, target: Locator) -> None:
        """Go to a group of which one can be chosen, and go through it with an arrow."""
        group = self.page.locator(f'input[type=radio][name="{target.get_attribute("name")}"]')
        chosen = group.and_(self.page.locator(":checked"))
        self.to(chosen if chosen.count() else group.first)
        if not self.look(target)["isThere"]:
            self.to(target, "ArrowDown")
        if not target.is_checked():
            self.press("Space")

    def attach(self, target: Locator, file: FilePayload) -> None:
        """Go to a field for a file and choose one."""
        self.to(target)
        with self.page.expect_file_chooser() as chooser:
            self.press("Enter")
        chooser.value.set_files(file)
