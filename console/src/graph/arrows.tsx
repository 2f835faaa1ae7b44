/** The tips of the lines; drawn once for all of them. */
export function Arrows() {
  return (
    <svg className="arrows" aria-hidden>
      <defs>
        {["arrow", "arrow-pale"].map((id) => (
          <marker
            key={id}
            id={id}
            className={id}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="8"
            markerHeight="8"
            orient="auto-start-reverse"
          >
            <path d="M1 1.5 9 5 1 8.5z" />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
