// Keeps the end of a chat in view for a reader who is there, and leaves one alone who has scrolled up.

/** How far from the end, in pixels, the reader may be and still be taken along by new messages. */
const nearEnd = 120;

export type FollowEnd = {
  isAtEnd: () => boolean;
  scrollToEnd: () => void;
};

/** `toEnd` is the button that leads back to the end; it is hidden there. */
export const followEnd = (log: HTMLElement, toEnd: HTMLElement): FollowEnd => {
  /** The end was in view when the reader last moved; it is kept there when pictures load or the window changes. */
  let following = true;
  let lastTop = 0;

  const isAtEnd = (): boolean => log.scrollHeight - log.scrollTop - log.clientHeight < nearEnd;
  const scrollToEnd = (): void => {
    log.scrollTop = log.scrollHeight;
  };
  const keepEnd = (): void => {
    if (following) scrollToEnd();
  };

  toEnd.addEventListener('click', scrollToEnd);
  log.addEventListener('scroll', () => {
    const isUpward = log.scrollTop < lastTop;
    lastTop = log.scrollTop;
    // Far from the end without having moved up: the log grew since it was scrolled, and is about to be followed.
    if (isAtEnd()) following = true;
    else if (isUpward) following = false;
    if (following) toEnd.hidden = true;
  });
  // Loading does not bubble, so it is heard on the way down.
  log.addEventListener('load', keepEnd, { capture: true });
  new ResizeObserver(keepEnd).observe(log);
  return { isAtEnd, scrollToEnd };
};
