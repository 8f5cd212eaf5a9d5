//! Campaigns, studios and packages as a student sees them, and as an administrator makes them.

use gradshot_domain::{
    CampaignId, Category, FileNaming, Money, PackageId, Policy, SchoolId, StationId, StudioId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A campaign that a student can choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Campaign {
    /// Opaque id.
    pub id: CampaignId,
    /// The school's name.
    #[schema(example = "示范大学")]
    pub school_name: String,
    /// Title, for example `2027 届毕业生图像采集`.
    pub title: String,
    /// The school's code 特征码.
    pub code: String,
    /// Kinds of studies that it collects.
    pub categories: Vec<Category>,
    /// What its policy decides.
    pub policy: Policy,
    /// Since when it is closed: nobody registers any more. Absent while it is open.
    #[serde(default)]
    pub closed_at: Option<Timestamp>,
    /// How its next bundles name their files.
    #[serde(default)]
    pub file_naming: FileNaming,
}

/// The campaigns found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Campaigns {
    /// At most 50.
    pub campaigns: Vec<Campaign>,
}

/// Opens a campaign; for administrators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenCampaign {
    /// The school's full name; the school is created if there is none of this name.
    pub school_name: String,
    /// Title.
    pub title: String,
    /// Code 特征码 of 4 to 8 letters and digits; made when absent.
    pub code: Option<String>,
    /// Kinds of studies, at least one.
    pub categories: Vec<Category>,
    /// Policy.
    pub policy: Policy,
}

/// The campaign that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenedCampaign {
    /// The school.
    pub school: SchoolId,
    /// The campaign.
    pub campaign: Campaign,
}

/// A studio 照相馆.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Studio {
    /// Opaque id.
    pub id: StudioId,
    /// Name.
    pub name: String,
    /// Code in the studio's QR code that a student scans on arrival.
    #[schema(example = "SFZX")]
    pub code: String,
    /// Address.
    pub address: String,
    /// Phone number for the public.
    pub phone: String,
    /// When it is open, in words; may be empty.
    #[serde(default)]
    #[schema(example = "周一至周六 9:00–17:30")]
    pub hours: String,
    /// Latitude in degrees.
    #[serde(default)]
    pub latitude: Option<f64>,
    /// Longitude in degrees.
    #[serde(default)]
    pub longitude: Option<f64>,
    /// Metres from where the caller is, when that was said.
    #[serde(default)]
    pub distance_m: Option<u32>,
    /// Opens a map.
    #[serde(default)]
    pub map_url: Option<String>,
    /// What it offers.
    pub packages: Vec<Package>,
}

/// A package 服务套餐.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Package {
    /// Opaque id.
    pub id: PackageId,
    /// Name.
    pub name: String,
    /// Name in English, where it has one.
    #[serde(default)]
    #[schema(example = "Graduation ID photo")]
    pub en_name: Option<String>,
    /// Price in fen.
    pub price: Money,
}

/// Says where a studio is and when it is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlaceStudio {
    /// When it is open, in words; 1 to 100 characters.
    #[schema(example = "周一至周六 9:00–17:30")]
    pub hours: String,
    /// Latitude in degrees.
    #[schema(example = 24.4798)]
    pub latitude: f64,
    /// Longitude in degrees.
    #[schema(example = 118.0894)]
    pub longitude: f64,
}

/// The studios found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Studios {
    /// At most 50.
    pub studios: Vec<Studio>,
}

/// Opens a studio; for administrators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenStudio {
    /// Name.
    pub name: String,
    /// Code, 2 to 12 letters and digits.
    pub code: String,
    /// Address.
    pub address: String,
    /// Phone number for the public.
    pub phone: String,
    /// What it offers, at least one.
    pub packages: Vec<NewPackage>,
}

/// A package to be offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewPackage {
    /// Name, 1 to 40 characters.
    pub name: String,
    /// Name in English, likewise; pages that speak English show `name` without it.
    #[serde(default)]
    #[schema(example = "Graduation ID photo")]
    pub en_name: Option<String>,
    /// Price in fen.
    pub price: Money,
}

/// Asks for a code that pairs one station with a studio; for administrators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewStation {
    /// Name on the board, for example `1号机位`.
    pub name: String,
}

/// A code that pairs one station, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PairingCode {
    /// The station to be.
    pub station: StationId,
    /// Eight digits, good for 15 minutes.
    #[schema(example = "48210937")]
    pub code: String,
}
