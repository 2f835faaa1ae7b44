/** Lets Cloudscape's links change the page without loading it anew. */
import { useCallback } from "react";
import { useNavigate } from "react-router";

/** What Cloudscape's follow events have in common. */
interface FollowEvent {
  preventDefault(): void;
  readonly detail: { readonly href?: string | undefined; readonly external?: boolean | undefined };
}

/** For `onFollow`. Clicks with a modifier key never come here: the browser opens a tab itself. */
export function useFollow(): (event: FollowEvent) => void {
  const navigate = useNavigate();
  return useCallback(
    (event) => {
      const { href, external } = event.detail;
      if (href === undefined || external === true || !href.startsWith("/")) return;
      event.preventDefault();
      void navigate(href);
    },
    [navigate],
  );
}
