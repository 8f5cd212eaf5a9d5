//! Studios as students see them.

use gradshot_storage::Studio;
use gradshot_wire::campaign;

/// A studio with its packages.
pub(crate) fn studio(studio: Studio) -> campaign::Studio {
    campaign::Studio {
        id: studio.id,
        name: studio.name,
        code: studio.code,
        address: studio.address,
        phone: studio.phone,
        packages: studio
            .packages
            .into_iter()
            .map(|package| campaign::Package { id: package.id, name: package.name, price: package.price })
            .collect(),
    }
}
