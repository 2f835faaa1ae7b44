/** A link to another page of the console. */
import Link, { type LinkProps } from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { useFollow } from "../routing/use-follow.ts";

interface Props {
  readonly href: string;
  readonly children: ReactNode;
  readonly variant?: LinkProps.Variant;
  readonly color?: LinkProps.Color;
}

export function PageLink({ href, children, variant = "secondary", color = "normal" }: Props) {
  return (
    <Link href={href} variant={variant} color={color} onFollow={useFollow()}>
      {children}
    </Link>
  );
}
