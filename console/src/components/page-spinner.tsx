/** Stands for a page that is on its way. */
import Spinner from "@cloudscape-design/components/spinner";

export function PageSpinner({ label }: { readonly label: string }) {
  return (
    <div className="waiting" role="status" aria-label={`Loading the ${label}`}>
      <Spinner size="large" />
    </div>
  );
}
