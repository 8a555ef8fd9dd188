// Every text that is shown, with less contrast than arguments[0] to what lies behind it (large text may have 3).
const enough = arguments[0];
const numbers = text => (text.match(/[\d.]+/g) || []).map(Number);
const channel = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
const over = (front, back) => {
  const alpha = front.length > 3 ? front[3] : 1;
  return [0, 1, 2].map(at => front[at] * alpha + back[at] * (1 - alpha));
};
const behind = element => {
  const layers = [];
  for (let one = element; one; one = one.parentElement) {
    const color = numbers(getComputedStyle(one).backgroundColor);
    layers.push(color);
    if (color.length === 3 || color[3] === 1) break;
  }
  const scheme = matchMedia('(prefers-color-scheme: dark)').matches && getComputedStyle(document.documentElement).colorScheme.includes('dark');
  return layers.reverse().reduce((back, front) => over(front, back), scheme ? [18, 18, 18] : [255, 255, 255]);
};
const faint = new Set();
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const text = texts.currentNode.textContent.trim();
  const element = texts.currentNode.parentElement;
  if (!text || ['STYLE', 'SCRIPT', 'TITLE', 'title', 'desc', 'style'].includes(element.tagName)) continue;
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
  const box = element.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1) continue;
  const style = getComputedStyle(element);
  const inChart = element.closest('svg');
  const ink = numbers(inChart ? style.fill : style.color);
  if (ink.length < 3) continue;
  const back = behind(element);
  const alpha = Number(style.opacity) * (inChart ? Number(style.fillOpacity) : 1);
  const front = over([ink[0], ink[1], ink[2], (ink.length > 3 ? ink[3] : 1) * alpha], back);
  const [more, less] = [light(front), light(back)].sort((one, other) => other - one);
  const size = parseFloat(style.fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const ratio = (more + 0.05) / (less + 0.05);
  if (ratio < (isLarge ? 3 : enough)) faint.add(`${ratio.toFixed(2)} ${text.slice(0, 40)}`);
}
return [...faint];
